import { CastcartError } from '../model/error.ts'
import type { Options } from '../model/options.ts'
import { parse } from '../model/parse.ts'
import { type Show, showSchema } from '../model/show.ts'

/** A show document and the address that its own addresses are relative to. */
export interface LoadedShow {
  readonly show: Show
  readonly base: string
}

/**
 * Finds and checks the show document: an address, `#id` of a JSON script in the page, or the document itself.
 * @throws CastcartError `no-show` where there is none, `bad-show` where it is not what it should be
 */
export async function loadShow(source: Options['show'], signal: AbortSignal): Promise<LoadedShow> {
  if (typeof source !== 'string') return { show: parse(showSchema, source, 'bad-show', 'show'), base: document.baseURI }
  if (source.startsWith('#')) {
    const script = document.getElementById(source.slice(1))
    if (!script)
      throw new CastcartError('no-show', `this page has no <script type="application/json" id="${source.slice(1)}">`)
    return { show: read(script.textContent ?? '', source), base: document.baseURI }
  }
  const response = await fetch(source, { signal }).catch((cause: unknown) => {
    throw new CastcartError('no-show', `${source} could not be reached`, cause)
  })
  if (!response.ok) throw new CastcartError('no-show', `${source} answered ${response.status}`)
  return { show: read(await response.text(), source), base: response.url || new URL(source, document.baseURI).href }
}

function read(text: string, where: string): Show {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new CastcartError(
      'bad-show',
      `${where} is not JSON: ${cause instanceof Error ? cause.message : cause}`,
      cause,
    )
  }
  return parse(showSchema, json, 'bad-show', 'show')
}

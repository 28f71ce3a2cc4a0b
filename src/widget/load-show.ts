import { CastcartError } from '../model/error.ts'
import type { Options } from '../model/options.ts'
import { parse } from '../model/parse.ts'
import type { Show } from '../model/show.ts'

/** A show document and the address that its own addresses are relative to. */
export interface LoadedShow {
  readonly show: Show
  readonly base: string
}

/**
 * Finds and checks the show document: an address, `#id` of a JSON script in the page, or the document itself.
 * @throws CastcartError `no-show` where there is none, `no-answer` where its server fails or cannot be reached, `bad-show` where it is not what it should be
 */
export async function loadShow(source: Options['show'], signal: AbortSignal): Promise<LoadedShow> {
  if (typeof source !== 'string') return { show: await check(source), base: document.baseURI }
  if (source.startsWith('#')) {
    const script = document.getElementById(source.slice(1))
    if (!script)
      throw new CastcartError('no-show', `this page has no <script type="application/json" id="${source.slice(1)}">`)
    return { show: await read(script.textContent ?? '', source), base: document.baseURI }
  }
  const response = await fetch(source, { signal }).catch((cause: unknown) => {
    throw new CastcartError('no-answer', `${source} could not be reached`, cause)
  })
  if (!response.ok) {
    const isGone = response.status < 500 && response.status !== 429
    throw new CastcartError(isGone ? 'no-show' : 'no-answer', `${source} answered ${response.status}`)
  }
  return {
    show: await read(await response.text(), source),
    base: response.url || new URL(source, document.baseURI).href,
  }
}

async function read(text: string, where: string): Promise<Show> {
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
  return check(json)
}

/** What a show must look like comes with what runs it, while the document is on its way. */
async function check(json: unknown): Promise<Show> {
  const { showSchema } = await import('../model/show.ts')
  return parse(showSchema, json, 'bad-show', 'show')
}

import { within } from '../lib/within.ts'
import { CastcartError } from '../model/error.ts'
import type { Options } from '../model/options.ts'
import { parse } from '../model/parse.ts'
import type { Show } from '../model/show.ts'

/** How long a server may take over a show document. */
const PATIENCE_MS = 15_000

/** A show document and the address that its own addresses are relative to. */
export interface LoadedShow {
  readonly show: Show
  readonly base: string
}

/** What was read, not checked yet. */
interface Read {
  readonly json: unknown
  readonly base: string
}

/**
 * Finds and checks the show document: an address, `#id` of a JSON script in the page, or the document itself. A list of shows leads on to
 * the one to show now.
 * @throws CastcartError `no-show` where there is none, `no-answer` where its server fails, is silent or cannot be reached, `bad-show` where it is not what it
 * should be, `expired` where it may not be watched any more
 */
export async function loadShow(source: Options['show'], signal: AbortSignal): Promise<LoadedShow> {
  const first = typeof source === 'string' ? await read(source, signal) : { json: source, base: document.baseURI }
  const { json, base } = isList(first.json) ? await follow(first, signal) : first
  // What a show must look like comes with what runs it, while the document is on its way.
  const { showSchema } = await import('../model/show.ts')
  const show = parse(showSchema, json, 'bad-show', 'show')
  if (show.expiresAt && Date.parse(show.expiresAt) < Date.now())
    throw new CastcartError('expired', `the show ${show.id} could be watched until ${show.expiresAt}`)
  return { show, base }
}

const isList = (json: unknown): boolean => typeof json === 'object' && json !== null && 'shows' in json

async function follow({ json, base }: Read, signal: AbortSignal): Promise<Read> {
  const [{ showListSchema }, { chooseShow }] = await Promise.all([
    import('../model/show-list.ts'),
    import('./choose-show.ts'),
  ])
  const chosen = chooseShow(parse(showListSchema, json, 'bad-show', 'list'), Date.now())
  return read(new URL(chosen?.url ?? '', base).href, signal)
}

async function read(source: string, signal: AbortSignal): Promise<Read> {
  if (source.startsWith('#')) {
    const script = document.getElementById(source.slice(1))
    if (!script)
      throw new CastcartError('no-show', `this page has no <script type="application/json" id="${source.slice(1)}">`)
    return { json: jsonOf(script.textContent ?? '', source), base: document.baseURI }
  }
  const { response, text } = await within(PATIENCE_MS, signal, async (signal) => {
    const response = await fetch(source, { signal })
    return { response, text: await response.text() }
  }).catch((cause: unknown) => {
    throw new CastcartError('no-answer', `${source} could not be reached`, cause)
  })
  if (!response.ok) {
    const isGone = response.status < 500 && response.status !== 429
    throw new CastcartError(isGone ? 'no-show' : 'no-answer', `${source} answered ${response.status}`)
  }
  return {
    json: jsonOf(text, source),
    base: response.url || new URL(source, document.baseURI).href,
  }
}

function jsonOf(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : cause
    throw new CastcartError('bad-show', `${where} is not JSON: ${words}`, cause)
  }
}

import { readJson } from '../lib/read-json.ts'
import type { AdapterContext, CloseCode, EventSink } from '../model/adapter.ts'
import { type FeedIndex, feedIndexSchema } from '../model/feed.ts'
import { check } from '../model/parse.ts'
import { closeCode, request, retryAfter } from './request.ts'

/** Longest file of a feed that is parsed, in characters: 4 Mi. */
const MAX_FILE = 4 * 2 ** 20

/** An index that was read, or why it was not. */
export type IndexAnswer =
  | { readonly ok: true; readonly index: FeedIndex }
  | { readonly ok: false; readonly problem: string; readonly code: CloseCode; readonly retryAfter?: number | undefined }

/**
 * Reads a feed's index. `no-cache` has the browser ask with the `ETag` it knows and fill in what did not change; a header of our own
 * would cost a preflight. Rejects as `fetch` does.
 * @param clock is given a sample where the answer is dated
 */
export async function readIndex(
  url: string,
  context: AdapterContext,
  clock?: EventSink['clock'],
): Promise<IndexAnswer> {
  let sentAt = 0
  const onSent = () => {
    sentAt = Date.now()
  }
  const response = await request(url, context, { cache: 'no-cache', onSent })
  const receivedAt = Date.now()
  if (response.status !== 200) {
    await response.body?.cancel()
    // What is not there yet may be there soon.
    const code = response.status === 404 ? 'network' : closeCode(response.status)
    const problem = `feed: ${url} answered ${response.status}`
    return { ok: false, problem, code, retryAfter: retryAfter(response.headers) }
  }
  const index = check(feedIndexSchema, readJson(await response.text(), MAX_FILE))
  if (!index.ok) return { ok: false, problem: `feed index${index.problem}`, code: 'protocol' }
  const sample = clockSample(response.headers, sentAt, receivedAt)
  if (sample) clock?.(sample)
  return { ok: true, index: index.value }
}

/**
 * What `Date` and `Age` say of the server's time (RFC 9110 §6.6.1, RFC 9111 §5.1): both count whole seconds, so the doubt is added to the
 * round trip. `undefined` where the answer has no date, or hides it (another origin must expose it).
 */
function clockSample(headers: Headers, sentAt: number, receivedAt: number) {
  const date = Date.parse(headers.get('Date') ?? '')
  const age = Number(headers.get('Age') ?? 0)
  if (!(date > 0) || !(age >= 0)) return undefined
  const doubt = age ? 1000 : 500
  return { sentAt, receivedAt: receivedAt + 2 * doubt, serverAt: date + age * 1000 + 2 * doubt }
}

/** The value of one of the feed's files that never change. Rejects where it is not there (the error's `cause` is the status) or is no JSON. */
export async function readFeedFile(
  name: string,
  { url, index }: { readonly url: string; readonly index: FeedIndex },
  context: AdapterContext,
): Promise<unknown> {
  const address = new URL(`${index.path}${name}.json`, new URL(url, globalThis.document?.baseURI)).href
  const response = await request(address, context)
  if (!response.ok) {
    await response.body?.cancel()
    throw new Error(`${address} answered ${response.status}`, { cause: response.status })
  }
  const value = readJson(await response.text(), MAX_FILE)
  if (value === undefined) throw new Error(`${address} answered no JSON, or too much of it`)
  return value
}

/** The events of a segment. Rejects as {@link readFeedFile}, and where it is no list. */
export async function readSegment(
  n: number,
  at: { readonly url: string; readonly index: FeedIndex },
  context: AdapterContext,
): Promise<readonly unknown[]> {
  const events = await readFeedFile(`${n}`, at, context)
  if (!Array.isArray(events)) throw new Error(`segment ${n} is no list`)
  return events
}

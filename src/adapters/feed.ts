import { sleep } from '../lib/sleep.ts'
import { ACTION_TYPES, type ActionType, type ViewerAction } from '../model/action.ts'
import type { AdapterContext, EventAdapter, EventSink } from '../model/adapter.ts'
import type { FeedIndex, FeedSegment } from '../model/feed.ts'
import { readFeedFile, readIndex, readSegment } from './feed-files.ts'
import { logRequests } from './log-requests.ts'
import { postAction } from './post-action.ts'

/** Where a feed is. */
export interface FeedSource {
  /** Address of its index. */
  readonly url: string
  /** Where actions go by POST. Absent: viewers cannot act. */
  readonly send?: string | undefined
  readonly actions?: readonly ActionType[] | undefined
  /** A server's own, over the feed's. */
  readonly snapshot?: string | undefined
  readonly history?: string | undefined
}

/** The place in a feed; it outlives a connection, so that no stale cache takes us back. */
interface Place {
  /** The newest index that was seen. */
  index?: FeedIndex
  /** Segment that was read last. */
  n: number
  /** How often the next segment did not come. */
  failures: number
  /** How often in a row an index of another, older epoch came. */
  others: number
}

/** Failed readings in a row that are borne without a word: one lost answer is no lost connection. */
const PATIENCE = 2
/** How often a segment is asked for before the link is left to close the gap. */
const TRIES = 3
/** Readings of an older epoch, and of nothing else, after which it is believed. */
const STUBBORN = 20
/** How much slower a quiet feed is asked, and the longest wait, s: the link takes 35 s without a sign for dead. */
const SLOWEST = { times: 4, seconds: 12 }

/**
 * Events as small files on any static host or CDN (docs/protocol.md): an index that is read again and again, and segments that never change.
 * It is right behind caches that are seconds behind and do not agree: an index older than one seen before says nothing. What the index no
 * longer lists comes from its snapshot.
 */
export function feed(source: FeedSource): EventAdapter {
  const { url, send, actions = ACTION_TYPES } = source
  const place: Place = { n: -1, failures: 0, others: 0 }
  return {
    name: 'feed',
    ...(send && {
      actions,
      send: (action: ViewerAction, context: AdapterContext) => postAction(send, action, context),
    }),
    async snapshot(context) {
      const index = await freshIndex(url, place, context)
      return index.snapshot && readFeedFile(`s${index.snapshot.n}`, { url, index }, context)
    },
    history: async (range, context) => history(range, { url, index: await freshIndex(url, place, context) }, context),
    ...logRequests(source),
    connect(sink, context) {
      follow(url, place, { sink, context }).catch((cause) => {
        if (!context.signal.aborted) sink.problem(`feed: ${cause}`)
        sink.closed({ code: 'network' })
      })
    },
  }
}

/** The newest index that is known once the host was asked. */
async function freshIndex(url: string, place: Place, context: AdapterContext): Promise<FeedIndex> {
  const answer = await readIndex(url, context)
  if (!answer.ok) throw new Error(answer.problem)
  return newer(place, answer.index)
}

/**
 * Keeps the newer of two indexes: within an epoch by its newest segment, else by when it was written. An epoch that is all that there is
 * to read for long is taken though it says that it is older: then the writer's clock was set back.
 */
function newer(place: Place, index: FeedIndex): FeedIndex {
  const { index: known } = place
  const isSame = known?.epoch === index.epoch
  const step = known ? (isSame && rank(index) - rank(known)) || index.at - known.at : 1
  place.others = isSame || step >= 0 ? 0 : place.others + 1
  if (known && step < 0 && place.others < STUBBORN) return known
  if (!isSame) Object.assign(place, { n: -1, failures: 0, others: 0 })
  place.index = index
  return index
}

const rank = ({ segments }: FeedIndex): number => segments.at(-1)?.n ?? -1

/** Events after a place from the segments that hold them, as many segments as make up `limit`. */
async function history(
  { epoch, after, limit }: { epoch: string; after: number; limit: number },
  at: { readonly url: string; readonly index: FeedIndex },
  context: AdapterContext,
): Promise<unknown> {
  const { index } = at
  const wanted = index.segments.filter(({ seq, after: before }) => seq > Math.max(after, before))
  const [first] = wanted
  if (index.epoch !== epoch || (first ? first.after > after : index.seq > after)) return { gone: true }
  const events: unknown[] = []
  for (const { n, seq } of wanted) {
    events.push(...(await readSegment(n, at, context)))
    if (seq - after >= limit) break
  }
  return { events: events.filter((event) => Object(event).seq > after).slice(0, limit) }
}

interface Hearing {
  readonly sink: EventSink
  readonly context: AdapterContext
}

async function follow(url: string, place: Place, { sink, context }: Hearing): Promise<void> {
  const { signal, since } = context
  place.n = Number(since?.epoch === place.index?.epoch ? (since?.token ?? -1) : -1)
  let isOpen = false
  let quiet = 1
  for (let failures = 0; !signal.aborted; ) {
    const answer = await readIndex(url, context, (sample) => sink.clock(sample)).catch((cause) => ({
      ...{ ok: false as const, problem: `feed: ${cause}`, code: 'network' as const, retryAfter: undefined },
    }))
    if (signal.aborted) return
    if (answer.ok) {
      if (!isOpen) sink.open()
      isOpen = true
      failures = 0
      const before = place.n
      const index = newer(place, answer.index)
      const isWhole = await readNews({ url, index, place }, { sink, context })
      if (isWhole && index.ended) return sink.closed({ code: 'ended' })
      quiet = place.n > before || !isWhole ? 1 : Math.min(SLOWEST.times, quiet * 1.5)
    } else {
      sink.problem(answer.problem)
      if (!isOpen || answer.code !== 'network' || ++failures > PATIENCE) return sink.closed(answer)
    }
    await sleep(period(place.index, globalThis.document?.hidden ? SLOWEST.times : quiet), signal)
  }
}

/** Ms until the index is worth reading again; jittered, so that viewers who came at once do not ask at once for ever. */
function period(index: FeedIndex | undefined, times: number): number {
  const seconds = Math.min(Math.max(index?.every ?? 2, 0.02) * times, SLOWEST.seconds)
  return seconds * 1000 * (0.9 + Math.random() / 5)
}

/** Hands over the segments that were not read yet, in order. False where one did not come: it is asked for again. */
async function readNews(
  { url, index, place }: { url: string; index: FeedIndex; place: Place },
  { sink, context }: Hearing,
): Promise<boolean> {
  const { since } = context
  const from = since?.epoch === index.epoch ? since.seq : 0
  const reads = unread(index, place, from).map(({ n }) => ({
    n,
    events: readSegment(n, { url, index }, context).catch((cause: unknown) => `feed: ${cause}`),
  }))
  for (const { n, events: reading } of reads) {
    const events = await reading
    if (context.signal.aborted) return false
    if (typeof events === 'string') {
      sink.problem(events)
      if (++place.failures < TRIES) return false
    } else {
      const news = events.filter((event) => !(Object(event).seq <= from))
      sink.events(news, `${n}`)
    }
    place.n = n
    place.failures = 0
  }
  sink.newest({ epoch: index.epoch, seq: index.seq })
  return true
}

/** What comes after the segment read last; for a newcomer, after its place in the log. */
function unread({ segments }: FeedIndex, place: Place, seq: number): readonly FeedSegment[] {
  return segments.filter((segment) => (place.n < 0 ? segment.seq > seq || segment.after >= seq : segment.n > place.n))
}

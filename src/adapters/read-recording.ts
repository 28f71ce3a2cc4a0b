import { sleep } from '../lib/sleep.ts'
import type { AdapterContext, EventSink } from '../model/adapter.ts'
import type { FeedIndex, FeedSegment } from '../model/feed.ts'
import { readIndex, readSegment } from './feed-files.ts'

/** Ms between two looks at the picture. */
const PACE = 250
/** Ms of the picture that are read ahead. */
const AHEAD = 30_000
/** Viewers' messages before the picture that are wanted: as many as a room shows. */
const BEFORE = 200
/** Readings in a row that may fail before the link is left to begin anew. */
const PATIENCE = 3
/** How often a file that the host does not have is asked for. */
const TRIES = 3

/**
 * A recorded show in segments (docs/protocol.md): those with the host's events are read at once and whole, so that the room is right at any
 * moment; those where only viewers speak as the picture nears them, wherever it is moved to. Without a picture time: all of them, one after
 * the other. It ends when all is read.
 */
export async function readRecording(url: string, sink: EventSink, context: AdapterContext): Promise<void> {
  const answer = await readIndex(url, context)
  if (!answer.ok) {
    sink.problem(answer.problem)
    return sink.closed(answer)
  }
  const { index } = answer
  sink.open()
  const unread = new Set(index.segments)
  const refusals = new Map<number, number>()
  const read = (segments: readonly FeedSegment[]) => readAll({ url, index, segments, unread, refusals }, sink, context)
  const isOpen = await read(index.segments.filter(({ seq, after }) => seq > after))
  for (let failures = isOpen ? 0 : 1; unread.size && failures <= PATIENCE; ) {
    const wanted = wantedAt(index, unread, context.picture?.() ?? null)
    failures = (await read(wanted)) ? 0 : failures + 1
    if (context.signal.aborted) return
    // A sign of life, too.
    sink.events([])
    if (unread.size && (failures || context.picture))
      await sleep(failures ? PACE * 2 ** failures : PACE, context.signal)
  }
  sink.closed({ code: unread.size ? 'network' : 'ended' })
}

/** What is not read yet of the host's, and of the viewers' about the picture; what is first when there is no picture time. */
function wantedAt(
  { segments }: FeedIndex,
  unread: ReadonlySet<FeedSegment>,
  picture: number | null,
): readonly FeedSegment[] {
  if (picture === null) return [...unread].slice(0, 1)
  const isHosts = ({ seq, after }: FeedSegment) => seq > after
  const viewers = segments.filter((segment) => !isHosts(segment))
  const isNear = ({ from = 0, to = from }: FeedSegment) => from <= picture + AHEAD && to >= picture
  let missing = BEFORE
  const before: FeedSegment[] = []
  for (const segment of viewers.filter(({ to = 0 }) => to < picture).reverse()) {
    if (missing <= 0) break
    before.push(segment)
    missing -= segment.count ?? BEFORE
  }
  return [...segments.filter(isHosts), ...before, ...viewers.filter(isNear)].filter((segment) => unread.has(segment))
}

/** False where one of them did not come; the others are handed over. One that the host does not have is left out in the end. */
async function readAll(
  given: {
    readonly url: string
    readonly index: FeedIndex
    readonly segments: readonly FeedSegment[]
    readonly unread: Set<FeedSegment>
    /** How often the host answered without it, by segment. */
    readonly refusals: Map<number, number>
  },
  sink: EventSink,
  context: AdapterContext,
): Promise<boolean> {
  const done = given.segments.map(async (segment) => {
    try {
      sink.events(await readSegment(segment.n, given, context))
      given.unread.delete(segment)
    } catch (cause) {
      if (context.signal.aborted) return false
      sink.problem(`timeline: ${cause}`)
      const tries = (given.refusals.get(segment.n) ?? 0) + (isRefusal(cause) ? 1 : 0)
      given.refusals.set(segment.n, tries)
      if (tries < TRIES) return false
      sink.problem(`timeline: segment ${segment.n} is left out`)
      given.unread.delete(segment)
    }
    return true
  })
  return (await Promise.all(done)).every(Boolean)
}

/** Whether the host says that there is no such file: a lost network, or a host in trouble, is another matter. */
function isRefusal(cause: unknown): boolean {
  const { cause: status } = Object(cause) as { cause?: unknown }
  return typeof status === 'number' && status < 500 && status !== 429
}

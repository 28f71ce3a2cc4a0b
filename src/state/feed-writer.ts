import type { FeedIndex, FeedSegment } from '../model/feed.ts'
import { compact, emptyRoom, eventsOf, fold, type Room } from './room.ts'

/** One file of a feed to be written, below the folder of its index. */
export interface FeedFile {
  /** Such as `index.json` or `2026-11-20T18/1795199000000.json`. */
  readonly name: string
  /** JSON. */
  readonly text: string
  /** Never changes: to be cached for a year. The index alone is not. */
  readonly immutable: boolean
}

/** What a feed is written with. */
export interface FeedWriterOptions {
  readonly epoch: string
  /** The log so far, where the writer begins in the middle of it. */
  readonly log?: readonly unknown[] | undefined
  /** Seconds between two calls of `cut`, told to viewers as the pace at which to ask. Absent: 2. */
  readonly every?: number | undefined
  /** Ms that viewers can seek back. Absent: 90,000. */
  readonly window?: number | undefined
}

/** Makes the files of a live feed; whoever calls it writes them, in the order in which they are given. */
export interface FeedWriter {
  /** Takes an event of the log, host's in the order of their places. */
  add(event: unknown): void
  /**
   * Cuts what came since into a segment; the index comes last. Empty: nothing new.
   * @param at server time, ms
   * @param ended nothing more will come
   */
  cut(at: number, ended?: boolean): readonly FeedFile[]
}

/** Segments between two snapshots. */
const SNAPSHOT_EVERY = 10
/** Segments that an index lists beside those since its snapshot: for viewers who were away for a moment. */
const LISTED = 20

interface Writer {
  readonly path: string
  /** The room at the end of what was cut, and the newest of the host's events. */
  room: Room
  recent: readonly unknown[]
  /** The room of the host's events before those. */
  past: Room
  waiting: unknown[]
  seq: number
  segments: FeedSegment[]
  snapshot: { readonly n: number; readonly seq: number } | undefined
  /** Segments since the snapshot. */
  since: number
  at: number
  n: number
  written: boolean
}

/** See {@link FeedWriter}. Pure: no clock, no disk; the format is in docs/protocol.md. */
export function createFeedWriter(options: FeedWriterOptions): FeedWriter {
  const { epoch, log = [] } = options
  const room = log.reduce(fold, emptyRoom(epoch))
  const writer: Writer = {
    ...{
      path: pathOf(epoch),
      room,
      recent: log.filter(isPlaced),
      past: emptyRoom(epoch),
      waiting: [],
      seq: lastPlace(log, 0),
    },
    ...{ segments: [], snapshot: undefined, since: log.length ? SNAPSHOT_EVERY : 0, at: 0, n: 0, written: false },
  }
  return {
    add: (event) => writer.waiting.push(event),
    cut(at, ended = false) {
      if (writer.written && !writer.waiting.length && !ended) return []
      writer.at = Math.max(writer.at, at)
      writer.written = true
      const files = writer.waiting.length ? [cutSegment(writer)] : []
      if (writer.since >= SNAPSHOT_EVERY) files.push(takeSnapshot(writer, options))
      return [...files, { name: 'index.json', text: JSON.stringify(indexOf(writer, options, ended)), immutable: false }]
    },
  }
}

function cutSegment(writer: Writer): FeedFile {
  const { path, waiting, seq: after } = writer
  // A time, so that a writer that begins anew never takes a name twice.
  writer.n = Math.max(writer.n + 1, writer.at)
  writer.seq = lastPlace(waiting, after)
  writer.segments.push({ n: writer.n, after, seq: writer.seq })
  writer.since++
  writer.room = waiting.reduce<Room>(fold, writer.room)
  writer.recent = [...writer.recent, ...waiting.filter(isPlaced)]
  writer.waiting = []
  return { name: `${path}${writer.n}.json`, text: JSON.stringify(waiting), immutable: true }
}

function takeSnapshot(writer: Writer, { epoch, window = 90_000 }: FeedWriterOptions): FeedFile {
  const { path, room, seq, at } = writer
  writer.n = Math.max(writer.n, writer.segments.at(-1)?.n ?? at)
  const isRecent = (event: unknown) => Object(event).at >= at - window
  writer.past = writer.recent.filter((event) => !isRecent(event)).reduce<Room>(fold, writer.past)
  writer.recent = writer.recent.filter(isRecent)
  const snapshot = compact([...eventsOf(writer.past), ...eventsOf(room), ...writer.recent], {
    epoch,
    seq,
    at,
    since: at - window,
  })
  writer.snapshot = { n: writer.n, seq }
  writer.segments = writer.segments.slice(-LISTED)
  writer.since = 0
  return { name: `${path}s${writer.n}.json`, text: JSON.stringify(snapshot), immutable: true }
}

function indexOf({ path, seq, at, snapshot, segments }: Writer, options: FeedWriterOptions, ended: boolean): FeedIndex {
  const { epoch, every } = options
  return {
    ...{ v: 1, epoch, seq, at, path },
    ...(every !== undefined && { every }),
    ...(ended && { ended }),
    ...(snapshot && { snapshot }),
    segments,
  }
}

/**
 * The files of a recorded show, so that a long one opens at once: the host's events, read whole, and what viewers said in stretches that
 * are read as the picture nears them.
 * @param perSegment events of one file
 */
export function recordFeed(events: readonly unknown[], perSegment = 500): readonly FeedFile[] {
  const known = events.map((event): Record<string, unknown> => Object(event))
  const hosts = known.filter(isPlaced)
  const viewers = known
    .filter((event) => !isPlaced(event) && typeof event.at === 'number')
    .sort((a, b) => Number(a.at) - Number(b.at))
  const epoch = String(hosts[0]?.epoch ?? 'recording')
  const path = pathOf(epoch)
  const at = Math.max(0, ...[hosts.at(-1), viewers.at(-1)].map((event) => Number(event?.at ?? 0)))
  const segments: FeedSegment[] = []
  const files: FeedFile[] = []
  let seq = 0
  for (const stretch of [...stretches(hosts, perSegment * 4), ...stretches(viewers, perSegment)]) {
    const n = segments.length + 1
    const after = seq
    const times = stretch.map((event) => Number(event.at))
    seq = lastPlace(stretch, after)
    const [from, to] = [Math.min(...times), Math.max(...times)]
    segments.push({ n, after, seq, from, to, count: stretch.length })
    files.push({ name: `${path}${n}.json`, text: JSON.stringify(stretch), immutable: true })
  }
  const index: FeedIndex = { v: 1, epoch, seq, at, path, ended: true, segments }
  return [...files, { name: 'index.json', text: JSON.stringify(index), immutable: false }]
}

function stretches<T>(list: readonly T[], length: number): T[][] {
  const count = Math.ceil(list.length / length)
  return Array.from({ length: count }, (_, index) => list.slice(index * length, (index + 1) * length))
}

const isPlaced = (event: unknown): boolean => Object(event).seq !== undefined
const lastPlace = (events: readonly unknown[], before: number): number =>
  events.reduce<number>((seq, event) => Math.max(seq, Object(event).seq ?? 0), before)
/** A folder that is a name on any disk and in any address. */
const pathOf = (epoch: string): string => `${epoch.replace(/[^\w-]+/g, '-')}/`

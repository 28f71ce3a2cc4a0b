import { createFeedWriter, type FeedWriter } from '../../src/feed.ts'
import type { VirtualTime } from './virtual-time.ts'
import type { VirtualAnswer } from './virtual-wire.ts'

/** A log as files behind caches that are behind and do not agree, on a virtual clock. */
export interface VirtualFeed {
  add(event: object): void
  restart(epoch: string): void
  /** A file by its path below the feed, as some cache has it now. */
  answer(path: string): VirtualAnswer
  stop(): void
}

/** What a virtual feed is made with. */
export interface VirtualFeedOptions {
  /** Server time, ms since 1970. */
  now(): number
  /** Ms of host events that a snapshot holds as they were. */
  readonly window: number
  readonly random: () => number
}

/** Seconds between two writings. */
const EVERY = 2
/** Ms that a cache may be behind. */
const STALE = 3000

/** See {@link VirtualFeed}. */
export function createVirtualFeed(time: VirtualTime, { now, window, random }: VirtualFeedOptions): VirtualFeed {
  const files = new Map<string, { readonly text: string; readonly at: number }[]>()
  let writer: FeedWriter
  let stopTimer = () => {}

  function write() {
    for (const { name, text } of writer.cut(now())) {
      const versions = files.get(name) ?? []
      files.set(name, [...versions.slice(-5), { text, at: time.now() }])
    }
  }
  function beat() {
    write()
    stopTimer = time.wait(EVERY * 1000, beat)
  }
  function restart(epoch: string) {
    writer = createFeedWriter({ epoch, every: EVERY, window })
  }
  restart('first')
  beat()
  return {
    add: (event) => writer.add(event),
    restart,
    answer(path) {
      const seen = time.now() - STALE * random()
      const file = files.get(path)?.findLast(({ at }) => at <= seen)
      return file
        ? { status: 200, headers: { Date: new Date(now()).toUTCString() }, body: file.text }
        : { status: 404, headers: {} }
    },
    stop: () => stopTimer(),
  }
}

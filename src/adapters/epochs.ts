import { remember } from '../lib/remember.ts'
import type { LogPlace } from './read-events.ts'

/** Tells the logs of one show apart: the current one, those that were left, and one that is said to have followed. */
export interface Epochs {
  /** Empty: none yet. */
  readonly current: string
  /** Another log that was named, to be judged by the snapshot. */
  rival: LogPlace | undefined
  begin(epoch: string): void
  /** The current log was heard of; `written`: server time of its event, ms. */
  heard(written?: number): void
  isFormer(epoch: string): boolean
  /** Whether a log that was written then is over: an earlier one is, one that was left must have gone on since. */
  isOver(epoch: string, written?: number): boolean
  /**
   * To be asked where snapshots have long told of nothing but a rival that is over: unless the current log was heard of meanwhile, the server's
   * clock was set back, and the rival is over no more. Whether there was one.
   */
  settle(): boolean
}

/** Logs that were left, as many as are remembered. */
const FORMER = 50

/** See {@link Epochs}. */
export function createEpochs(): Epochs {
  const former = new Set<string>()
  let current = ''
  /** Server time of the newest host event, ms. */
  let latest = 0
  let signs = 0
  let rival: LogPlace | undefined
  /** Signs of the current log before the rival was first named. */
  let before = 0

  return {
    get current() {
      return current
    },
    get rival() {
      return rival
    },
    set rival(next) {
      if (rival?.epoch !== next?.epoch) before = signs
      rival = next
    },
    begin(epoch) {
      if (epoch !== current) remember(former, current, FORMER)
      current = epoch
      rival = undefined
    },
    heard(written = latest) {
      signs++
      latest = Math.max(latest, written)
    },
    isFormer: (epoch) => former.has(epoch),
    isOver: (epoch, written = latest) => written < latest || (written === latest && former.has(epoch)),
    settle() {
      if (!rival) return false
      if (signs === before) latest = 0
      else rival = undefined
      return true
    },
  }
}

import { remember } from '../lib/remember.ts'
import type { LogPlace } from './read-events.ts'

/** What is known of a show's logs: the current one, those that were left, and one that is said to have followed. */
export interface Epochs {
  /** Empty: none yet. */
  current: string
  readonly former: Set<string>
  /** Server time of the newest host event, ms. */
  latest: number
  /** Another log that was named, to be judged by the snapshot. */
  rival?: (LogPlace & { readonly written?: number }) | undefined
  /** Whether the current log was heard of since the rival was first named. */
  heard?: boolean
}

/** Logs that were left, as many as are remembered. */
const FORMER = 50

/** Goes over to a log. */
export function beginEpoch(logs: Epochs, epoch: string): void {
  if (epoch !== logs.current) remember(logs.former, logs.current, FORMER)
  logs.current = epoch
  logs.rival = undefined
}

/** Whether a log that was written then (server time, ms) is over: an earlier one is, one that was left must have gone on since. */
export function isOver({ latest, former }: Epochs, epoch: string, written = latest): boolean {
  return written < latest || (written === latest && former.has(epoch))
}

/** Another log was named. */
export function nameRival(logs: Epochs, rival: NonNullable<Epochs['rival']>): void {
  if (logs.rival?.epoch !== rival.epoch) logs.heard = false
  logs.rival = rival
}

/**
 * To be asked where snapshots have long told of nothing but a rival that is over: unless the current log was heard of meanwhile, the server's clock
 * was set back, and the rival is over no more. Whether there was one.
 */
export function settleRival(logs: Epochs): boolean {
  if (!logs.rival) return false
  if (logs.heard) logs.rival = undefined
  else logs.latest = 0
  return true
}

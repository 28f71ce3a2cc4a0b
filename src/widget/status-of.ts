import type { Show, ShowStatus } from '../model/show.ts'

/** What a status is read from. */
type Dated = Pick<Show, 'status' | 'startsAt' | 'endsAt' | 'asLive'>

/**
 * Where a show stands by its document alone: its own word, else its dates against the server's clock. A recording that is shown as if live goes by
 * its dates, and is a replay afterwards.
 */
export function statusOf({ status, startsAt, endsAt, asLive }: Dated, now: number): ShowStatus {
  if (status && !asLive) return status
  if (startsAt && now < Date.parse(startsAt)) return 'scheduled'
  if (endsAt && now > Date.parse(endsAt)) return asLive ? 'replay' : 'ended'
  return 'live'
}

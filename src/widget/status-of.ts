import type { Show, ShowStatus } from '../model/show.ts'

/** Where a show stands by its document alone: its own word, else its dates against the server's clock. */
export function statusOf({ status, startsAt, endsAt }: Show, now: number): ShowStatus {
  if (status) return status
  if (startsAt && now < Date.parse(startsAt)) return 'scheduled'
  return endsAt && now > Date.parse(endsAt) ? 'ended' : 'live'
}

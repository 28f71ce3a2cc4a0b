import type { ShowEntry, ShowList } from '../model/show-list.ts'
import { statusOf } from './status-of.ts'

/** What a viewer wants first. */
const ORDER = ['live', 'paused', 'interrupted', 'scheduled', 'replay', 'ended']

/** The show of a list to show now: a live one, else the one that starts next, else the newest replay, else the newest. */
export function chooseShow({ shows }: ShowList, now: number): ShowEntry | undefined {
  const rank = (show: ShowEntry) => ORDER.indexOf(statusOf(show, now))
  const starts = ({ startsAt }: ShowEntry) => Date.parse(startsAt ?? '') || 0
  return [...shows].sort((a, b) => {
    const soonerFirst = rank(a) === ORDER.indexOf('scheduled') ? 1 : -1
    return rank(a) - rank(b) || (starts(a) - starts(b)) * soonerFirst
  })[0]
}

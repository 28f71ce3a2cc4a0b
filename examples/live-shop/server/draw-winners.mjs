import { createHash } from 'node:crypto'

/** Taps faster than this count as this fast, ms: nobody sees and taps sooner, a script does. Ties are drawn. */
const FASTEST = 150

const sha256 = (text) => createHash('sha256').update(text).digest('hex')

/** What is published before anyone enters. */
export const seedHashOf = (seed) => sha256(seed)

/**
 * The draw of docs/raffles.md, written here a second time, for Node: entries in the order of SHA-256(`seed:entry`), of a first-tap
 * giveaway by time first; the first so many have won. Viewers repeat it with `castcart/raffle`.
 * @param {{ seed: string, entries: string[], prizes: number, times?: number[] }} options
 */
export function drawWinners({ seed, entries, prizes, times }) {
  const rank = (entry) => sha256(`${seed}:${entry}`)
  return entries
    .map((entry, index) => ({ entry, time: Math.max(FASTEST, times?.[index] ?? 0), rank: rank(entry) }))
    .sort((a, b) => a.time - b.time || (a.rank < b.rank ? -1 : 1))
    .slice(0, prizes)
    .map(({ entry }) => entry)
}

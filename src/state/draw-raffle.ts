import { sha256 } from '../lib/sha-256.ts'
import type { Raffle, RaffleDraw } from '../model/event.ts'

/** Taps faster than this count as this fast, ms: nobody sees and taps sooner, a script does. Ties are drawn. */
const FASTEST = 150

/** What a draw is made of. */
export interface DrawInput {
  readonly seed: string
  /** Pseudonyms; their order does not matter, a repetition counts once. */
  readonly entries: readonly string[]
  /** How many have won. */
  readonly prizes: number
  /** Of a first-tap giveaway: how long each of `entries` took, ms. */
  readonly times?: readonly number[] | undefined
}

/** What an organiser publishes before anyone enters: SHA-256 of the seed, in hex. */
export const hashSeed = (seed: string): string => sha256(seed)

/**
 * The winners, in order: entries sorted by time (first-tap only, none faster than 150 ms), then by SHA-256 of `seed:entry`; the first
 * `prizes` of them. Pure: whoever has the same input gets the same winners.
 */
export function drawRaffle({ seed, entries, prizes, times }: DrawInput): string[] {
  const known = new Map<string, number>()
  entries.forEach((entry, index) => {
    const time = Math.max(FASTEST, times?.[index] ?? 0)
    known.set(entry, Math.min(time, known.get(entry) ?? Infinity))
  })
  return [...known]
    .map(([entry, time]) => ({ entry, time, rank: sha256(`${seed}:${entry}`) }))
    .sort((a, b) => a.time - b.time || (a.rank < b.rank ? -1 : 1))
    .slice(0, prizes)
    .map(({ entry }) => entry)
}

/** The outcome of {@link checkDraw}. `seed`: it is not the one whose hash was published · `winners`: others have won · `entry`: one's own is missing. */
export type DrawCheck = { readonly ok: true } | { readonly ok: false; readonly why: 'seed' | 'winners' | 'entry' }

/**
 * Draws again and compares.
 * @param entry one's own pseudonym, which must be among the entries; absent: not looked for
 */
export function checkDraw(
  raffle: Pick<Raffle, 'seedHash' | 'prizes'>,
  draw: Pick<RaffleDraw, 'seed' | 'entries' | 'winners' | 'times'>,
  entry?: string,
): DrawCheck {
  if (hashSeed(draw.seed) !== raffle.seedHash.toLowerCase()) return { ok: false, why: 'seed' }
  if (entry !== undefined && !draw.entries.includes(entry)) return { ok: false, why: 'entry' }
  const winners = drawRaffle({ ...draw, prizes: raffle.prizes })
  const isSame = winners.length === draw.winners.length && winners.every((one, index) => one === draw.winners[index])
  return isSame ? { ok: true } : { ok: false, why: 'winners' }
}

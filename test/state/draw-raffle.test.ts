import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawWinners, seedHashOf } from '../../examples/live-shop/server/draw-winners.mjs'
import { checkDraw, drawRaffle, hashSeed } from '../../src/state/draw-raffle.ts'

const entries = ['anna', 'ben', 'cleo', 'dan', 'eva', 'finn']
const draw = { seed: 's3', entries, winners: drawRaffle({ seed: 's3', entries, prizes: 2 }) }
const raffle = { seedHash: hashSeed('s3'), prizes: 2 }

describe('drawRaffle', () => {
  it('draws the same winners whatever the order of the entries, and however often one is there', () => {
    fc.assert(
      fc.property(fc.string(), fc.uniqueArray(fc.string(), { maxLength: 40 }), fc.nat(10), (seed, names, prizes) => {
        const winners = drawRaffle({ seed, entries: names, prizes })
        expect(drawRaffle({ seed, entries: [...names].reverse(), prizes })).toEqual(winners)
        expect(drawRaffle({ seed, entries: [...names, ...names], prizes })).toEqual(winners)
        expect(new Set(winners).size).toBe(Math.min(prizes, names.length))
      }),
    )
  })

  it('gives everyone the same chance', () => {
    const wins = new Map(entries.map((entry) => [entry, 0]))
    for (let seed = 0; seed < 6000; seed++) {
      const [winner = ''] = drawRaffle({ seed: `${seed}`, entries, prizes: 1 })
      wins.set(winner, (wins.get(winner) ?? 0) + 1)
    }
    // Six standard deviations of a fair die thrown 6,000 times.
    for (const count of wins.values())
      expect(Math.abs(count - 1000)).toBeLessThan(6 * Math.sqrt(6000 * (1 / 6) * (5 / 6)))
  })

  it('gives a first tap to the fastest, and draws among those who were faster than anyone can be', () => {
    const [a = '', b = ''] = drawRaffle({ seed: 's', entries: ['x', 'y'], prizes: 2 })
    expect(drawRaffle({ seed: 's', entries: ['x', 'y', 'slow'], prizes: 2, times: [12, 150, 400] })).toEqual([a, b])
    expect(drawRaffle({ seed: 's', entries: ['x', 'y', 'slow'], prizes: 1, times: [900, 800, 400] })).toEqual(['slow'])
  })

  it('is the draw that the demo’s desk makes by code of its own', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.uniqueArray(fc.tuple(fc.string(), fc.nat(3000)), { selector: ([name]) => name, maxLength: 30 }),
        fc.boolean(),
        (seed, pairs, isTap) => {
          const input = {
            seed,
            entries: pairs.map(([name]) => name),
            prizes: 3,
            ...(isTap ? { times: pairs.map(([, time]) => time) } : {}),
          }
          expect(drawWinners(input)).toEqual(drawRaffle(input))
          expect(seedHashOf(seed)).toBe(hashSeed(seed))
        },
      ),
    )
  })
})

describe('checkDraw', () => {
  it('agrees with an honest draw', () => expect(checkDraw(raffle, draw, 'anna')).toEqual({ ok: true }))

  it('tells a seed that is not the one that was promised', () =>
    expect(checkDraw({ ...raffle, seedHash: hashSeed('another') }, draw)).toEqual({ ok: false, why: 'seed' }))

  it('tells winners who were not drawn, one too many, and their order', () => {
    const others = entries.filter((entry) => !draw.winners.includes(entry)).slice(0, 2)
    for (const winners of [others, [...draw.winners, ...others], [...draw.winners].reverse(), []])
      expect(checkDraw(raffle, { ...draw, winners })).toEqual({ ok: false, why: 'winners' })
  })

  it('tells an own entry that was left out', () =>
    expect(checkDraw(raffle, draw, 'zoe')).toEqual({ ok: false, why: 'entry' }))
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseEvent, SCHEMAS } from '../../src/model/event.ts'
import { check } from '../../src/model/parse.ts'
import { showSchema } from '../../src/model/show.ts'
import { checkDraw } from '../../src/state/draw-raffle.ts'
import { startTestDemo } from '../support/desk-demo.ts'

const read = (name: string) => readFileSync(new URL(`../../examples/live-shop/replay/${name}`, import.meta.url), 'utf8')
const lines = () => read('replay.events.jsonl').trim().split('\n')

describe('the recorded show', () => {
  it('is a valid show document whose products are the store’s', async () => {
    const demo = await startTestDemo()
    const show = check(showSchema, JSON.parse(read('replay.json')))
    expect(show).toMatchObject({ ok: true, value: { status: 'replay' } })
    const ids = show.ok ? show.value.products.map(({ id }) => id) : []
    expect(ids).toEqual(demo.shop.catalogue.map(({ id }) => id))
  })

  it('has a log in which every event can be read, host events without a hole, times within the show', () => {
    const events = lines().map((line) => JSON.parse(line))
    expect(events.map(parseEvent).filter(({ ok }) => !ok)).toEqual([])
    const places = events.flatMap(({ seq }) => seq ?? [])
    expect(places).toEqual(places.map((_, index) => index + 1))
    const { startsAt, endsAt } = JSON.parse(read('replay.json'))
    for (const { at } of events) {
      expect(at).toBeGreaterThanOrEqual(Date.parse(startsAt))
      expect(at).toBeLessThanOrEqual(Date.parse(endsAt))
    }
  })

  it('pins all six products, runs offers to their end, and is talked over in two languages', () => {
    const text = read('replay.events.jsonl')
    const events = lines().map((line) => JSON.parse(line))
    const pinned = new Set(events.filter(({ type }) => type === 'product.pin').flatMap(({ data }) => data.ids))
    const opened = events.filter(({ type }) => type === 'offer.open').map(({ data }) => data.id)
    const closed = events.filter(({ type }) => type === 'offer.close').map(({ data }) => data.id)
    expect([...pinned].sort()).toEqual(['armchair', 'car', 'coat', 'coffee', 'lipstick', 'mug'])
    expect(opened.length).toBeGreaterThan(1)
    expect(closed.sort()).toEqual(opened.sort())
    expect(text).toMatch(/[а-я]{4}/i)
  })

  it('uses every feature of a show: all kinds of offers, a poll, a quiz, checked draws, cards, questions, hearts, orders', () => {
    const events = lines().flatMap((line) => {
      const parsed = parseEvent(JSON.parse(line))
      return parsed.ok ? [parsed.event] : []
    })
    const types = new Set<string>(events.map(({ type }) => type))
    const beside = ['product.upsert', 'clock', 'chat.mode', 'question.hide']
    expect([...SCHEMAS.keys()].filter((type) => !types.has(type) && !beside.includes(type))).toEqual([])
    const kinds = new Set(events.flatMap((event) => (event.type === 'offer.open' ? event.data.kind : [])))
    expect([...kinds].sort()).toEqual(['amount', 'bundle', 'delivery', 'gift', 'percent', 'voucher'])
    const raffles = events.flatMap((event) => (event.type === 'raffle.open' ? event.data : []))
    const draws = events.flatMap((event) => (event.type === 'raffle.draw' ? event.data : []))
    expect(draws.map(({ id }) => id)).toEqual(raffles.map(({ id }) => id))
    for (const [place, draw] of draws.entries()) {
      const raffle = raffles[place]
      expect(raffle && checkDraw(raffle, draw, draw.winners[0])).toEqual({ ok: true })
    }
    expect(events.some((event) => event.type === 'poll.close' && event.data.correct !== undefined)).toBe(true)
  })

  it('needs files only: its store has no event server, no cart and no desk', async () => {
    const demo = await startTestDemo()
    const get = (path: string) => fetch(new URL(path, demo.replay))
    for (const path of [
      'shows/replay.json',
      'shows/replay.events.jsonl',
      'shows/replay.en.vtt',
      'images/coat-camel.svg',
    ]) {
      expect((await get(path)).status).toBe(200)
    }
    for (const path of ['events/snapshot', 'events/history', 'events/stream', 'cart.js', 'desk', 'shows/live.json']) {
      expect((await get(path)).status).toBe(404)
    }
    const range = await fetch(new URL('media/v640.mp4', demo.replay), { headers: { range: 'bytes=0-9' } })
    expect(range.status).toBe(206)
  })
})

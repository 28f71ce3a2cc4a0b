import { describe, expect, it, vi } from 'vitest'
import type { Demo } from '../../examples/live-shop/server/start-demo.mjs'
import { parseEvent } from '../../src/model/event.ts'
import { act } from '../support/desk-act.ts'
import { startTestDemo } from '../support/desk-demo.ts'

const voucher = { kind: 'voucher', title: 'Clay week', percentOff: 20, seconds: 60, productIds: ['mug'] }
const told = (demo: Demo, type: string) => demo.show.events.filter((event) => event.type === type)
const idOf = async (command: ReturnType<Demo['command']>) => {
  const answer = await command
  if (!answer.ok) throw new Error(answer.message)
  return String(answer.event?.data.id)
}
const mugOf = (demo: Demo) => demo.shop.catalogue.find(({ id }) => id === 'mug')?.variants[0]

async function post(demo: Demo, path: string, body: object, cookie = '') {
  const response = await fetch(`${demo.store}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  })
  return { body: await response.json(), cookie: response.headers.get('set-cookie')?.split(';')[0] ?? cookie }
}

describe('a voucher', () => {
  it('gives each viewer a code of its own, which the store takes and no event tells', async () => {
    const demo = await startTestDemo()
    const id = await idOf(demo.command('open-offer', voucher))
    const anna = await act(demo, 'anna', 'voucher.claim', { id })
    const ben = await act(demo, 'ben', 'voucher.claim', { id })
    expect(anna).toEqual({ ok: true, code: expect.stringMatching(/^VOUCHER-\w{6}$/), until: expect.any(Number) })
    expect(ben.code).not.toBe(anna.code)
    expect(JSON.stringify(demo.show.events)).not.toContain(String(anna.code))
    const { cookie } = await post(demo, 'cart/add.js', { items: [{ id: mugOf(demo)?.number, quantity: 1 }] })
    const { body } = await post(demo, 'cart/update.js', { discount: anna.code }, cookie)
    expect(body).toMatchObject({ total_price: 2080, discount_codes: [{ code: anna.code, applicable: true }] })
  })

  it('is claimed once by a viewer, and the same claim sent again finds the same code', async () => {
    const demo = await startTestDemo()
    const id = await idOf(demo.command('open-offer', voucher))
    const first = await act(demo, 'anna', 'voucher.claim', { id }, { key: 'same-key' })
    expect(await act(demo, 'anna', 'voucher.claim', { id }, { key: 'same-key' })).toEqual(first)
    const { code, until } = first
    expect(await act(demo, 'anna', 'voucher.claim', { id })).toEqual({ ok: false, reason: 'already', code, until })
    const { code: other } = await act(demo, 'ben', 'voucher.claim', { id })
    expect(other).not.toBe(code)
  })

  it('ends when the last one is claimed', async () => {
    const demo = await startTestDemo()
    const id = await idOf(demo.command('open-offer', { ...voucher, quantity: 2 }))
    await act(demo, 'anna', 'voucher.claim', { id })
    expect(told(demo, 'offer.update').at(-1)?.data).toEqual({ id, remaining: 1 })
    await act(demo, 'ben', 'voucher.claim', { id })
    expect(told(demo, 'offer.close').at(-1)?.data).toEqual({ id, reason: 'sold-out' })
    expect(await act(demo, 'cleo', 'voucher.claim', { id })).toEqual({ ok: false, reason: 'sold-out' })
  })

  it('is refused after its end, and where there is none to claim', async () => {
    const demo = await startTestDemo()
    const id = await idOf(demo.command('open-offer', voucher))
    await demo.command('close-offer', { id })
    await vi.waitFor(async () =>
      expect(await act(demo, 'anna', 'voucher.claim', { id })).toEqual({ ok: false, reason: 'closed' }),
    )
    const sale = await idOf(demo.command('open-offer', { ...voucher, kind: 'percent' }))
    for (const wrong of [sale, 'o-none'])
      expect(await act(demo, 'anna', 'voucher.claim', { id: wrong })).toEqual({ ok: false, reason: 'unknown' })
  })

  it('is not to be had before its offer opens, and an offer that has not opened has no end to move', async () => {
    const demo = await startTestDemo()
    const id = await idOf(demo.command('announce-offer', { ...voucher, opensIn: 60 }))
    expect(await act(demo, 'anna', 'voucher.claim', { id })).toEqual({ ok: false, reason: 'unknown' })
    expect(await demo.command('extend-offer', { id, seconds: 30 })).toMatchObject({ ok: false })
    expect(told(demo, 'offer.open')).toEqual([])
  })

  it('closes its offer once, though the last is claimed in its grace', async () => {
    const time = { now: Date.now() }
    const demo = await startTestDemo({ now: () => time.now })
    const id = await idOf(demo.command('open-offer', { ...voucher, quantity: 1 }))
    const moment = time.now + 59_000
    time.now += 61_000
    await vi.waitFor(() => expect(told(demo, 'offer.close')).toHaveLength(1))
    expect(await act(demo, 'anna', 'voucher.claim', { id }, { moment })).toMatchObject({ ok: true })
    expect(told(demo, 'offer.close').map(({ data }) => data)).toEqual([{ id, reason: 'time' }])
  })

  it('keeps who has one over a restart, and the store still takes the code', async () => {
    const before = await startTestDemo()
    const id = await idOf(before.command('open-offer', voucher))
    const { code } = await act(before, 'anna', 'voucher.claim', { id })
    await before.stop()
    const after = await startTestDemo({ dataFolder: before.dataFolder })
    expect(await act(after, 'anna', 'voucher.claim', { id })).toMatchObject({ ok: false, reason: 'already', code })
    const { body } = await post(after, 'cart/update.js', { discount: code })
    expect(body.discount_codes).toEqual([{ code, applicable: true }])
  })
})

describe('an offer of any kind', () => {
  it('is announced, opens by itself at its time, is moved later as what it is, and is closed for good', async () => {
    const time = { now: Date.now() }
    const demo = await startTestDemo({ now: () => time.now })
    const id = await idOf(demo.command('announce-offer', { ...voucher, kind: 'percent', percentOff: 15, opensIn: 10 }))
    expect(told(demo, 'offer.open')).toEqual([])
    expect(demo.shop.prices.at(-1)?.price.amount).not.toBe(2210)
    time.now += 10_000
    await vi.waitFor(() => expect(told(demo, 'offer.open')).toHaveLength(1))
    const [announced, opened] = [told(demo, 'offer.announce')[0], told(demo, 'offer.open')[0]]
    expect(opened?.data).toEqual(announced?.data)
    await vi.waitFor(() =>
      expect(demo.shop.prices.filter(({ price }) => price.amount === 2210).map(({ productId }) => productId)).toContain(
        'mug',
      ),
    )
    await demo.command('extend-offer', { id, seconds: 30 })
    expect(told(demo, 'offer.open').at(-1)?.data.closesAt).toBe(Number(opened?.data.closesAt) + 30_000)
    await demo.command('close-offer', { id })
    expect(await demo.command('extend-offer', { id, seconds: 30 })).toMatchObject({ ok: false })
    expect(await demo.command('close-offer', { id })).toMatchObject({ ok: false })
  })

  it('may be an amount, a gift, free delivery or a bundle, each as the model has it', async () => {
    const demo = await startTestDemo()
    const common = { title: 'T', seconds: 60, productIds: ['mug'] }
    for (const data of [
      { ...common, kind: 'amount', amountOff: 500 },
      { ...common, kind: 'gift', gift: 'A brush', forPresent: true, how: 'voucher' },
      { ...common, kind: 'delivery', productIds: [] },
      { ...common, kind: 'bundle', productIds: ['mug', 'coffee'], text: 'Both for 35 €' },
    ])
      expect(await demo.command('open-offer', data)).toMatchObject({ ok: true })
    for (const event of told(demo, 'offer.open')) expect(parseEvent(event)).toMatchObject({ ok: true })
    await vi.waitFor(() => expect(demo.shop.prices.map(({ price }) => price.amount)).toContain(2100))
  })

  it('is refused where it would end before it starts, and where its kind misses something', async () => {
    const demo = await startTestDemo()
    expect(await demo.command('open-offer', { ...voucher, seconds: -5 })).toEqual({
      ok: false,
      message: 'An offer cannot end before it starts',
    })
    for (const wrong of [
      { ...voucher, kind: 'amount' },
      { ...voucher, kind: 'gift' },
      { ...voucher, kind: 'bundle' },
      { ...voucher, kind: 'nothing' },
      { ...voucher, perBuyer: 0 },
    ])
      expect(await demo.command('open-offer', wrong)).toMatchObject({ ok: false, message: expect.any(String) })
    expect(told(demo, 'offer.open')).toEqual([])
  })

  it('lets one buyer have so many and no more', async () => {
    const demo = await startTestDemo()
    await demo.command('open-offer', { ...voucher, kind: 'percent', perBuyer: 2 })
    await vi.waitFor(() => expect(demo.shop.prices.at(-1)?.productId).toBe('mug'))
    const id = mugOf(demo)?.number
    const { body, cookie } = await post(demo, 'cart/add.js', { items: [{ id, quantity: 3 }] })
    expect(body).toMatchObject({ status: 422 })
    const { body: more } = await post(demo, 'cart/add.js', { items: [{ id, quantity: 1 }] }, cookie)
    expect(more).toMatchObject({ description: 'The maximum quantity of this item is already in your cart.' })
  })
})

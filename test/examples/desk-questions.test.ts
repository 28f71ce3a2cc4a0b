import { describe, expect, it, vi } from 'vitest'
import { parseEvent } from '../../src/model/event.ts'
import { act } from '../support/desk-act.ts'
import { signIn, startTestDemo } from '../support/desk-demo.ts'
import { watchDesk } from '../support/desk-viewer.ts'

type Demo = Awaited<ReturnType<typeof startTestDemo>>
const newest = (demo: Demo, type: string) => demo.show.events.findLast((event) => event.type === type)
const ask = (demo: Demo, guest: string, text: string, more: object = {}) =>
  act(demo, guest, 'question.ask', { text, ...more })
const stateOf = async (demo: Demo) =>
  (await fetch(new URL('/desk/state', demo.desk), { headers: await signIn(demo.desk) })).json()

describe('question.ask', () => {
  it('stands for everyone, with its product, its moment and who asked', async () => {
    const demo = await startTestDemo()
    const viewer = await watchDesk(demo.store)
    const answer = await act(
      demo,
      'g1',
      'question.ask',
      { text: ' Is it\u202e warm? ', name: 'Anna', productId: 'coat' },
      { moment: 1_795_197_600_000 },
    )
    const event = await viewer.until(({ type }) => type === 'question.post')
    expect(event.data).toEqual({
      id: answer.id,
      text: 'Is it warm?',
      name: 'Anna',
      productId: 'coat',
      moment: 1_795_197_600_000,
      votes: 0,
    })
    expect(parseEvent(event).ok).toBe(true)
  })

  it('refuses what is empty, too long, too soon, asked already, or after the end', async () => {
    let time = Date.now()
    const demo = await startTestDemo({ now: () => time })
    const reason = async (text: string, guest = 'g1') => (await ask(demo, guest, text)).reason
    expect(await reason('\u200b\u2066')).toBe('empty')
    expect(await reason('x'.repeat(301))).toBe('too-long')
    expect(await reason('One?')).toBeUndefined()
    expect(await reason('Two?')).toBe('too-fast')
    time += 11_000
    expect(await reason('One?')).toBe('already')
    expect(await reason('Two?')).toBeUndefined()
    for (const text of ['Three?', 'Four?', 'Five?']) {
      time += 11_000
      expect(await reason(text)).toBeUndefined()
    }
    time += 11_000
    expect(await reason('Six?')).toBe('too-fast')
    expect(await reason('Six?', 'g2')).toBeUndefined()
    await demo.command('end', {})
    expect(await reason('Late?', 'g3')).toBe('closed')
  })

  it('takes the host’s name from nobody else', async () => {
    const demo = await startTestDemo()
    await ask(demo, 'g1', 'Am I her?', { name: 'Mira Lind' })
    expect(newest(demo, 'question.post')?.data).not.toHaveProperty('name')
  })
})

describe('question.vote', () => {
  it('counts one vote of each viewer, never one’s own, and tells the sum', async () => {
    let time = Date.now()
    const demo = await startTestDemo({ now: () => time })
    const { id } = await ask(demo, 'g1', 'Is it warm?')
    const vote = (guest: string) => act(demo, guest, 'question.vote', { id })
    expect(await vote('g1')).toMatchObject({ ok: false, reason: 'not-allowed' })
    expect(await vote('g2')).toMatchObject({ ok: true })
    expect(await vote('g2')).toMatchObject({ ok: false, reason: 'already' })
    expect(await vote('g3')).toMatchObject({ ok: true })
    time += 2000
    const viewer = await watchDesk(demo.store)
    await viewer.until(({ type, data }) => type === 'question.post' && (data as { votes: number }).votes === 2)
    expect(await act(demo, 'g2', 'question.vote', { id: 'none' })).toMatchObject({ reason: 'unknown' })
  })

  it('holds to one vote after the desk was started anew', async () => {
    const first = await startTestDemo()
    const { id } = await ask(first, 'g1', 'Is it warm?')
    await act(first, 'g2', 'question.vote', { id })
    await first.stop()
    const demo = await startTestDemo({ dataFolder: first.dataFolder })
    expect(await act(demo, 'g2', 'question.vote', { id })).toMatchObject({ reason: 'already' })
    expect(await act(demo, 'g1', 'question.vote', { id })).toMatchObject({ reason: 'not-allowed' })
  })

  it('is closed once the question is answered or hidden', async () => {
    const demo = await startTestDemo()
    const one = await ask(demo, 'g1', 'One?')
    const two = await ask(demo, 'g2', 'Two?')
    await demo.command('answer-question', { id: one.id })
    await demo.command('hide-question', { id: two.id })
    expect(await act(demo, 'g3', 'question.vote', { id: one.id })).toMatchObject({ reason: 'closed' })
    expect(await act(demo, 'g3', 'question.vote', { id: two.id })).toMatchObject({ reason: 'unknown' })
  })
})

describe('answer-question', () => {
  it('answers by voice at its moment, or in words, once', async () => {
    const demo = await startTestDemo()
    const { id } = await ask(demo, 'g1', 'Is it warm?', { productId: 'coat' })
    const answer = await demo.command('answer-question', { id, text: { en: 'Very', ru: 'Очень' } })
    expect(answer.ok).toBe(true)
    expect(newest(demo, 'question.answer')?.data).toEqual({
      id,
      question: 'Is it warm?',
      productId: 'coat',
      answer: { en: 'Very', ru: 'Очень' },
    })
    expect(await demo.command('answer-question', { id })).toMatchObject({ ok: false })
    const other = await ask(demo, 'g2', 'And light?')
    await demo.command('answer-question', { id: other.id })
    expect(newest(demo, 'question.answer')?.data).toEqual({ id: other.id, question: 'And light?' })
  })

  it('leaves hidden questions out of the desk', async () => {
    const demo = await startTestDemo()
    const { id } = await ask(demo, 'g1', 'Rude?')
    await ask(demo, 'g2', 'Kind?')
    await demo.command('hide-question', { id })
    const { questions } = await stateOf(demo)
    expect(questions.map(({ text }: { text: string }) => text)).toEqual(['Kind?'])
    expect(await demo.command('hide-question', { id })).toMatchObject({ ok: false })
  })
})

describe('what viewers do beside talking', () => {
  it('is for the host to see: followers, and reports of each message', async () => {
    const demo = await startTestDemo()
    const { id } = await act(demo, 'g1', 'chat.send', { text: 'buy here' })
    await vi.waitFor(() => expect(newest(demo, 'chat.message')?.id).toBe(id))
    expect(await act(demo, 'g2', 'message.report', { id })).toMatchObject({ ok: true })
    expect(await act(demo, 'g2', 'message.report', { id })).toMatchObject({ ok: false, reason: 'already' })
    expect(await act(demo, 'g2', 'message.report', { id: 'none' })).toMatchObject({ ok: false, reason: 'unknown' })
    await act(demo, 'g2', 'host.follow', { follows: true })
    await act(demo, 'g3', 'host.follow', { follows: true })
    await act(demo, 'g3', 'host.follow', { follows: false })
    expect(await stateOf(demo)).toMatchObject({ followers: 1, reports: { [String(id)]: 1 } })
    expect(demo.show.events.some(({ type }) => type === 'message.report' || type === 'host.follow')).toBe(false)
  })
})

describe('pin-message', () => {
  it('keeps a message on top, not one that was deleted', async () => {
    const demo = await startTestDemo()
    const { id } = await act(demo, 'g1', 'chat.send', { text: 'great show', name: 'Anna' })
    await vi.waitFor(() => expect(newest(demo, 'chat.message')?.id).toBe(id))
    await demo.command('pin-message', { id })
    expect(newest(demo, 'chat.pin')?.data).toMatchObject({
      message: { id, text: 'great show', author: { name: 'Anna' } },
    })
    await demo.command('unpin-message', {})
    expect(newest(demo, 'chat.pin')?.data).toEqual({})
    await demo.command('delete', { id })
    expect(await demo.command('pin-message', { id })).toMatchObject({ ok: false })
  })

  it('lets the team speak as the team', async () => {
    const demo = await startTestDemo()
    await demo.command('say', { text: 'Delivery is free', as: 'moderator' })
    expect(newest(demo, 'chat.message')?.data.author).toMatchObject({ role: 'moderator', name: 'Aster & Oak' })
  })
})

describe('an order', () => {
  const order = async (demo: Demo, body: object, cookie = '') =>
    fetch(new URL('/checkout/order', demo.store), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: new URL(demo.store).origin, cookie },
      body: JSON.stringify(body),
    })
  const shopFor = async (demo: Demo) => {
    const variant = demo.shop.catalogue.find((product) => product.id === 'mug')?.variants[0]
    const response = await fetch(new URL('/cart/add.js', demo.store), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ items: [{ id: variant?.number, quantity: 1 }] }),
    })
    return (response.headers.getSetCookie?.() ?? []).map((one) => one.split(';')[0]).join('; ')
  }

  it('is told in the show when the buyer agreed, with no more than the place', async () => {
    const demo = await startTestDemo()
    const answer = await (await order(demo, { isShown: true, place: ' Kazan ' }, await shopFor(demo))).json()
    expect(answer).toMatchObject({ ok: true, number: expect.stringMatching(/^AO-/) })
    expect(newest(demo, 'order.proof')?.data).toEqual({ productId: 'mug', place: 'Kazan' })
    expect(demo.shop.isOrder(answer.number)).toBe(true)
  })

  it('is told to nobody otherwise, and is none without anything in the cart or from another page', async () => {
    const demo = await startTestDemo()
    const cookie = await shopFor(demo)
    const foreign = await fetch(new URL('/checkout/order', demo.store), { method: 'POST', headers: { cookie } })
    expect(foreign.status).toBe(403)
    expect(await (await order(demo, { place: 'Kazan' }, cookie)).json()).toMatchObject({ ok: true })
    expect(newest(demo, 'order.proof')).toBeUndefined()
    expect((await order(demo, { isShown: true }, cookie)).status).toBe(409)
  })
})

describe('a question asked in a replay', () => {
  it('is kept for the shop, cleaned', async () => {
    const demo = await startTestDemo()
    const ask = (body: object, origin = new URL(demo.store).origin) =>
      fetch(new URL('/questions', demo.store), {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify(body),
      })
    const asked = { showId: 's', productId: 'mug', text: ' Still\u202e sold? ', email: 'a@b.example', mode: 'replay' }
    expect((await ask(asked)).status).toBe(200)
    expect((await ask({ text: '\u200b' })).status).toBe(422)
    expect((await ask(asked, 'https://elsewhere.example')).status).toBe(403)
    expect(demo.questions).toEqual([
      { at: expect.any(Number), showId: 's', productId: 'mug', text: 'Still sold?', email: 'a@b.example' },
    ])
  })
})

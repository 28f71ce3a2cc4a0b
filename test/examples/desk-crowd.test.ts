import { describe, expect, it, vi } from 'vitest'
import { createGuestDoor } from '../../examples/live-shop/server/guest-door.mjs'
import type { Demo } from '../../examples/live-shop/server/start-demo.mjs'
import { act } from '../support/desk-act.ts'
import { startTestDemo } from '../support/desk-demo.ts'
import { watchDesk } from '../support/desk-viewer.ts'

const told = (demo: Demo, type: string) => demo.show.events.filter((event) => event.type === type)

async function openRaffle(demo: Demo): Promise<string> {
  const answer = await demo.command('open-raffle', { title: 'Three mugs', prizes: 1, seconds: 60, entry: 'first-tap' })
  if (!answer.ok) throw new Error(answer.message)
  return String(answer.event?.data.id)
}

describe('who is one viewer', () => {
  it('is one line, whatever ids it names', async () => {
    const demo = await startTestDemo()
    const id = await openRaffle(demo)
    const viewer = await watchDesk(demo.store)
    const entries = []
    for (const guest of ['anna', 'ben', 'cleo']) {
      viewer.send({ action: { type: 'raffle.enter', key: guest, data: { id, guest, took: 1 } } })
      entries.push((await viewer.until(({ ack }) => ack === guest)).entry)
    }
    expect(new Set(entries).size).toBe(1)
    viewer.close()
  })

  it('is one id over HTTP, and an address has so many new ones and no more', async () => {
    const time = { now: Date.now() }
    const demo = await startTestDemo({ now: () => time.now })
    const id = await openRaffle(demo)
    const answers = []
    for (let count = 0; count < 70; count++) answers.push(await act(demo, `robot-${count}`, 'raffle.enter', { id }))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(60)
    expect(answers.at(-1)).toEqual({ ok: false, reason: 'too-fast', retryAfter: 2 })
    expect(await act(demo, 'robot-0', 'chat.send', { text: 'who is in stays in' })).toMatchObject({ ok: true })
    time.now += 2000
    expect(await act(demo, 'robot-69', 'raffle.enter', { id })).toMatchObject({ ok: true })
  })

  it('is a customer by the shop’s word, and no address holds customers back', async () => {
    const demo = await startTestDemo()
    for (let count = 0; count < 61; count++) await act(demo, `robot-${count}`, 'reaction.send', { count: 1 })
    const token = demo.signIn({ id: 'c-1', name: 'Clara' })
    const viewer = await watchDesk(demo.store, { v: 1, locale: 'en', token })
    viewer.send({ action: { type: 'chat.send', key: 'k', data: { text: 'hello' } } })
    expect(await viewer.until(({ ack }) => ack === 'k')).toMatchObject({ ok: true })
    viewer.close()
  })
})

describe('createGuestDoor', () => {
  it('keeps apart what comes from other addresses', () => {
    const door = createGuestDoor({ burst: 1, perSecond: 1 })
    expect(door.admit({ name: 'a' }, 'anna')).toBe('anna')
    expect(door.admit({ name: 'a' }, 'ben')).toBeUndefined()
    expect(door.admit({ name: 'b' }, 'ben')).toBe('ben')
  })
})

describe('hearts', () => {
  it('of one viewer count as fast as a thumb gives them', async () => {
    const time = { now: Date.now() }
    const demo = await startTestDemo({ now: () => time.now })
    const give = (guest: string) => act(demo, guest, 'reaction.send', { count: 20 })
    expect([await give('anna'), await give('anna')]).toEqual([{ ok: true }, { ok: true }])
    expect(await give('anna')).toEqual({ ok: false, reason: 'too-fast', retryAfter: 1 })
    expect(await give('ben')).toEqual({ ok: true })
    await vi.waitFor(() => expect(told(demo, 'reaction.batch').at(-1)?.data).toEqual({ total: 60 }))
    time.now += 1000
    await give('anna')
    await vi.waitFor(() => expect(told(demo, 'reaction.batch').at(-1)?.data).toEqual({ total: 70 }))
  })
})

describe('who is muted', () => {
  it('says nothing more, in the chat or as a question, until the host allows it; after a restart too', async () => {
    const before = await startTestDemo()
    const { id } = await act(before, 'anna', 'chat.send', { text: 'buy gold' })
    await act(before, 'ben', 'chat.send', { text: 'hello' })
    expect(await before.command('mute', { id: 'c-none' })).toMatchObject({ ok: false, message: expect.any(String) })
    expect(await before.command('mute', { id })).toMatchObject({ ok: true })
    await before.stop()
    const demo = await startTestDemo({ dataFolder: before.dataFolder })
    const refused = { ok: false, reason: 'not-allowed' }
    expect(await act(demo, 'anna', 'chat.send', { text: 'gold' })).toEqual(refused)
    expect(await act(demo, 'anna', 'question.ask', { text: 'gold?' })).toEqual(refused)
    expect(await act(demo, 'ben', 'chat.send', { text: 'still here' })).toMatchObject({ ok: true })
    const author = Object(told(demo, 'chat.message').find((event) => event.id === id)?.data.author).id
    expect(await demo.command('unmute', { author })).toMatchObject({ ok: true })
    expect(await act(demo, 'anna', 'chat.send', { text: 'sorry' })).toMatchObject({ ok: true })
  })
})

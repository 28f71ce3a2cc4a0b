import { createHash } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import type { Demo } from '../../examples/live-shop/server/start-demo.mjs'
import { parseEvent } from '../../src/model/event.ts'
import { checkDraw } from '../../src/state/draw-raffle.ts'
import { act } from '../support/desk-act.ts'
import { signIn, startTestDemo } from '../support/desk-demo.ts'
import { watchDesk } from '../support/desk-viewer.ts'

const raffle = { title: 'Three mugs', prizes: 2, seconds: 60 }

async function open(more: object = {}) {
  const time = { now: Date.now() }
  const demo = await startTestDemo({ now: () => time.now })
  const answer = await demo.command('open-raffle', { ...raffle, ...more })
  if (!answer.ok || !answer.event) throw new Error(JSON.stringify(answer))
  const { data, at } = answer.event
  return { demo, time, id: String(data.id), at, data }
}

const told = (demo: Demo, type: string) => demo.show.events.filter((event) => event.type === type)
const enter = (demo: Demo, guest: string, id: string, data: object = {}, more: object = {}) =>
  act(demo, guest, 'raffle.enter', { id, ...data }, more)

/** Closes it and lets the time pass in which late entries count. */
async function close({ demo, time, id }: { demo: Demo; time: { now: number }; id: string }) {
  await demo.command('close-raffle', { id })
  time.now += 15_001
}

describe('a giveaway', () => {
  it('is drawn so that anyone can draw it again from what was published', async () => {
    const given = await open()
    const { demo, id, data } = given
    const entries: unknown[] = []
    for (const guest of ['anna', 'ben', 'cleo', 'dan']) entries.push((await enter(demo, guest, id)).entry)
    await close(given)
    expect(await demo.command('draw-raffle', { id })).toMatchObject({ ok: true })
    const [draw] = told(demo, 'raffle.draw')
    const parsed = parseEvent(draw)
    if (!parsed.ok || parsed.event.type !== 'raffle.draw') throw new Error('no draw')
    expect([...parsed.event.data.entries].sort()).toEqual([...entries].sort())
    const terms = { seedHash: String(data.seedHash), prizes: 2 }
    expect(checkDraw(terms, parsed.event.data, String(entries[0]))).toEqual({ ok: true })
    expect(checkDraw({ ...terms, prizes: 1 }, parsed.event.data)).toEqual({ ok: false, why: 'winners' })
  })

  it('keeps its seed to itself until the draw, and viewers’ ids for good', async () => {
    const given = await open()
    const { demo, id } = given
    await enter(demo, 'anna', id)
    const before = JSON.stringify(demo.show.events)
    expect(before).not.toContain('"seed"')
    await act(demo, 'anna', 'chat.send', { text: 'hello' })
    const author = await vi.waitFor(() => {
      const [message] = told(demo, 'chat.message')
      if (!message) throw new Error('not written yet')
      return message.data.author as { id: string }
    })
    await close(given)
    await demo.command('draw-raffle', { id })
    const draw = JSON.stringify(told(demo, 'raffle.draw'))
    expect(draw).not.toContain('anna')
    expect(draw).not.toContain(author.id)
  })

  it('gives pseudonyms that nobody can find by the ids in the chat', async () => {
    const { demo, id } = await open()
    const { entry } = await enter(demo, 'anna', id)
    await act(demo, 'anna', 'chat.send', { text: 'hello' })
    await vi.waitFor(() => expect(told(demo, 'chat.message')).toHaveLength(1))
    const author = Object(told(demo, 'chat.message')[0]?.data.author).id
    expect(author).toMatch(/^v-/)
    const guess = createHash('sha256').update(`${demo.show.epoch}\n${id}\n${author}`).digest('hex')
    expect(guess.slice(0, 10)).not.toBe(entry)
  })

  it('lets each viewer in once, and tells how many are in', async () => {
    const { demo, time, id } = await open()
    const first = await enter(demo, 'anna', id)
    expect(first).toEqual({ ok: true, entry: expect.stringMatching(/^[0-9a-f]{10}$/) })
    expect(await enter(demo, 'anna', id)).toEqual(first)
    await enter(demo, 'ben', id)
    time.now += 1000
    await vi.waitFor(() => expect(told(demo, 'raffle.update').at(-1)?.data).toEqual({ id, entries: 2 }))
  })

  it('refuses an entry after its end and after the draw', async () => {
    const given = await open()
    const { demo, time, id } = given
    await enter(demo, 'anna', id)
    await close(given)
    expect(await enter(demo, 'ben', id)).toEqual({ ok: false, reason: 'closed' })
    await demo.command('draw-raffle', { id })
    expect(await enter(demo, 'cleo', id, {}, { moment: time.now - 60_000 })).toEqual({ ok: false, reason: 'closed' })
    expect(told(demo, 'raffle.draw')[0]?.data.entries).toHaveLength(1)
  })

  it('is drawn once: not before its end, not while late entries count, not without any, not again', async () => {
    const given = await open()
    const { demo, id } = given
    const draw = () => demo.command('draw-raffle', { id })
    expect(await draw()).toMatchObject({ ok: false, message: expect.stringContaining('close them first') })
    await demo.command('close-raffle', { id })
    expect(await draw()).toMatchObject({ ok: false, message: expect.stringContaining('still counted') })
    given.time.now += 15_001
    expect(await draw()).toMatchObject({ ok: false, message: 'Nobody has entered' })
    const second = await open()
    await enter(second.demo, 'anna', second.id)
    await close(second)
    expect(await second.demo.command('draw-raffle', { id: second.id })).toMatchObject({ ok: true })
    expect(await second.demo.command('draw-raffle', { id: second.id })).toMatchObject({
      ok: false,
      message: 'It has been drawn already: there is only one draw',
    })
    expect(told(second.demo, 'raffle.draw')).toHaveLength(1)
  })

  it('lets winners claim once, until the deadline, and nobody else', async () => {
    const given = await open({ prizes: 1 })
    const { demo, time, id } = given
    const names = new Map<unknown, string>()
    for (const guest of ['anna', 'ben']) names.set((await enter(demo, guest, id)).entry, guest)
    const claim = (guest: string) =>
      act(demo, guest, 'raffle.claim', { id, fields: { name: 'Anna', contact: 'a@b.example' } })
    expect(await claim('anna')).toEqual({ ok: false, reason: 'unknown' })
    await close(given)
    await demo.command('draw-raffle', { id, hours: 1 })
    const winner = told(demo, 'raffle.draw').flatMap(({ data }) => data.winners)[0]
    const guest = names.get(winner) ?? ''
    const other = guest === 'anna' ? 'ben' : 'anna'
    expect(await claim(other)).toEqual({ ok: false, reason: 'not-allowed' })
    expect(await act(demo, guest, 'raffle.claim', { id, fields: { name: 'Anna' } })).toEqual({
      ok: false,
      reason: 'empty',
    })
    expect(await claim(guest)).toEqual({ ok: true })
    expect(await claim(guest)).toEqual({ ok: false, reason: 'already' })
    time.now += 3_600_001
    const late = await open({ prizes: 1 })
    await enter(late.demo, 'zoe', late.id)
    await close(late)
    await late.demo.command('draw-raffle', { id: late.id, hours: 1 })
    late.time.now += 3_600_001
    expect(await act(late.demo, 'zoe', 'raffle.claim', { id: late.id, fields: { name: 'Z', contact: 'z' } })).toEqual({
      ok: false,
      reason: 'closed',
    })
  })

  it('whose entries ended with the show is drawn after it, and its prize claimed', async () => {
    const given = await open({ prizes: 1 })
    const { demo, time, id } = given
    await enter(demo, 'anna', id)
    await demo.command('end', {})
    time.now += 15_001
    expect(await demo.command('draw-raffle', { id })).toMatchObject({ ok: true })
    const fields = { name: 'Anna', contact: 'a@b.example' }
    expect(await act(demo, 'anna', 'raffle.claim', { id, fields })).toEqual({ ok: true })
    expect(await demo.command('notice', { text: 'Still here?' })).toMatchObject({ ok: false })
  })

  it('by a word is entered by whoever writes it, as a word of its own', async () => {
    const { demo, id } = await open({ entry: 'word', word: 'Mug' })
    expect(await enter(demo, 'anna', id)).toEqual({ ok: false, reason: 'not-allowed' })
    await act(demo, 'anna', 'chat.send', { text: 'smug as ever' })
    expect(await enter(demo, 'anna', id)).toMatchObject({ ok: false })
    await act(demo, 'anna', 'chat.send', { text: 'a MUG, please!' })
    expect(await enter(demo, 'anna', id)).toMatchObject({ ok: true, entry: expect.any(String) })
  })

  it('by a purchase takes an order of the shop once, and names a way in without buying', async () => {
    const { demo, id } = await open({ entry: 'purchase', freeRoute: 'Write to us' })
    expect(await demo.command('open-raffle', { ...raffle, entry: 'purchase' })).toMatchObject({ ok: false })
    demo.shop.addOrder('1042')
    expect(await enter(demo, 'anna', id, { order: '9999' })).toEqual({ ok: false, reason: 'not-allowed' })
    expect(await enter(demo, 'anna', id, { order: '1042' })).toMatchObject({ ok: true })
    expect(await enter(demo, 'ben', id, { order: '1042' })).toEqual({ ok: false, reason: 'not-allowed' })
    expect(await enter(demo, 'cleo', id, { free: true })).toMatchObject({ ok: true })
  })

  it('by first tap counts from when each viewer could see it, and believes no delay above thirty seconds', async () => {
    const given = await open({ entry: 'first-tap', prizes: 3 })
    const { demo, time, id, at } = given
    const tap = async (guest: string, after: number, took?: number, moment?: number) => {
      time.now = at + after
      const more = moment === undefined ? {} : { moment: at + moment }
      return (await enter(demo, guest, id, took === undefined ? {} : { took }, more)).entry
    }
    const near = await tap('near', 900, 700, 700)
    const far = await tap('far', 8400, 400, 400)
    const seeks = await tap('seeks', 8500, 20, 8000)
    const lies = await tap('lies', 40_000, 10, 10)
    const mute = await tap('mute', 41_000)
    await close(given)
    await demo.command('draw-raffle', { id })
    const { winners, entries, times } = (told(demo, 'raffle.draw')[0]?.data ?? {}) as Record<string, string[]>
    expect(winners).toEqual([far, near, seeks])
    const took = Object.fromEntries((entries ?? []).map((entry, index) => [entry, times?.[index]]))
    expect(took).toEqual({
      [String(far)]: 400,
      [String(near)]: 700,
      [String(seeks)]: 8000,
      [String(lies)]: 10_000,
      [String(mute)]: 41_000,
    })
  })

  it('keeps its entries and its seed over a restart', async () => {
    const given = await open()
    const { demo, id, data } = given
    const entry = String((await enter(demo, 'anna', id)).entry)
    await demo.command('close-raffle', { id })
    await demo.stop()
    const after = await startTestDemo({
      dataFolder: (demo as Demo & { dataFolder: string }).dataFolder,
      now: () => given.time.now + 15_001,
    })
    expect(await after.command('draw-raffle', { id })).toMatchObject({ ok: true })
    const parsed = parseEvent(told(after, 'raffle.draw')[0])
    if (!parsed.ok || parsed.event.type !== 'raffle.draw') throw new Error('no draw')
    expect(checkDraw({ seedHash: String(data.seedHash), prizes: 2 }, parsed.event.data, entry)).toEqual({ ok: true })
  })
})

describe('a prize that was won', () => {
  const fields = { name: 'Anna', contact: 'a@b.example' }

  /** A show that is over, with a prize that Anna won and has not claimed; a new show runs. */
  async function afterwards() {
    const given = await open({ prizes: 1 })
    const { demo, id } = given
    const viewer = await watchDesk(demo.store)
    await viewer.until(({ ping }) => ping !== undefined)
    const say = (key: string, type: string, data: object) =>
      viewer.send({ action: { type, key, data: { id, guest: 'anna', ...data } } })
    say('k-enter', 'raffle.enter', {})
    await viewer.until(({ ack }) => ack === 'k-enter')
    await close(given)
    await demo.command('draw-raffle', { id, hours: 1 })
    await demo.command('end')
    await demo.command('new-show')
    return { ...given, viewer, say }
  }

  it('is claimed by the page that is still open while the next show runs, and nothing else is done there', async () => {
    const { demo, viewer, say } = await afterwards()
    say('k-chat', 'chat.send', { text: 'hello' })
    expect(await viewer.until(({ ack }) => ack === 'k-chat')).toMatchObject({ ok: false, reason: 'closed' })
    say('k-claim', 'raffle.claim', { fields })
    expect(await viewer.until(({ ack }) => ack === 'k-claim')).toMatchObject({ ok: true })
    expect(told(demo, 'chat.message')).toEqual([])
  })

  it('stands on the desk with its claim, over a restart too, until its deadline', async () => {
    const { demo, time, id } = await afterwards()
    await demo.stop()
    const { dataFolder } = demo as Demo & { dataFolder: string }
    const after = await startTestDemo({ dataFolder, now: () => time.now })
    const earlier = async () => {
      const headers = await signIn(after.desk)
      return Object(
        (await fetch(new URL('/desk/state', after.desk), { headers }).then((answer) => answer.json())).earlierRaffles,
      )
    }
    expect(await earlier()).toMatchObject([{ id, claims: {} }])
    expect(await act(after, 'anna', 'raffle.claim', { id, fields })).toEqual({ ok: true })
    const [one] = await earlier()
    expect(Object.values(one.claims)).toEqual([fields])
    time.now += 3_600_001
    expect(await earlier()).toEqual([])
    expect(await act(after, 'ben', 'raffle.claim', { id, fields })).toMatchObject({ ok: false })
  })

  it('leaves the host’s own line to the show that runs', async () => {
    const given = await open({ prizes: 1 })
    const { demo, id } = given
    const host = await watchDesk(demo.desk, { v: 1, locale: 'en', watching: false })
    await host.until(({ ping }) => ping !== undefined)
    await enter(demo, 'anna', id)
    await close(given)
    await demo.command('draw-raffle', { id })
    await demo.command('end')
    await demo.command('new-show')
    expect(await host.closed()).toBe(4204)
  })
})

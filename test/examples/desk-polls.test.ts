import { describe, expect, it, vi } from 'vitest'
import type { Demo } from '../../examples/live-shop/server/start-demo.mjs'
import { parseEvent } from '../../src/model/event.ts'
import { act } from '../support/desk-act.ts'
import { startTestDemo } from '../support/desk-demo.ts'

const poll = { question: 'Which glaze?', options: ['Moss', 'Sand'], seconds: 30 }
const clock = () => {
  const time = { now: Date.now() }
  return { time, now: () => time.now }
}
const told = (demo: Demo, type: string) => demo.show.events.filter((event) => event.type === type)
const idOf = async (command: ReturnType<Demo['command']>) => {
  const answer = await command
  if (!answer.ok) throw new Error(answer.message)
  return String(answer.event?.data.id)
}

describe('a poll', () => {
  it('counts one vote per viewer and tells the counts, once a second at most', async () => {
    const { time, now } = clock()
    const demo = await startTestDemo({ now })
    const id = await idOf(demo.command('open-poll', poll))
    expect(parseEvent(told(demo, 'poll.open')[0]).ok).toBe(true)
    for (const guest of ['anna', 'ben', 'cleo']) {
      expect(await act(demo, guest, 'poll.vote', { id, option: guest === 'ben' ? 'a2' : 'a1' })).toEqual({ ok: true })
    }
    time.now += 1000
    await vi.waitFor(() => expect(told(demo, 'poll.update').at(-1)?.data).toEqual({ id, votes: { a1: 2, a2: 1 } }))
    expect(told(demo, 'poll.update').length).toBeLessThanOrEqual(2)
  })

  it('takes a second vote of the same viewer only where it may be changed, and never counts it twice', async () => {
    const demo = await startTestDemo()
    const once = await idOf(demo.command('open-poll', poll))
    const free = await idOf(demo.command('open-poll', { ...poll, change: true }))
    for (const id of [once, free]) await act(demo, 'anna', 'poll.vote', { id, option: 'a1' })
    expect(await act(demo, 'anna', 'poll.vote', { id: once, option: 'a2' })).toEqual({ ok: false, reason: 'already' })
    expect(await act(demo, 'anna', 'poll.vote', { id: free, option: 'a2' })).toEqual({ ok: true })
    await demo.command('close-poll', { id: once })
    await demo.command('close-poll', { id: free })
    expect(told(demo, 'poll.close').map(({ data }) => data.votes)).toEqual([
      { a1: 1, a2: 0 },
      { a1: 0, a2: 1 },
    ])
  })

  it('refuses a vote once it is closed, and one for an answer or a poll that there is not', async () => {
    const demo = await startTestDemo()
    const id = await idOf(demo.command('open-poll', poll))
    expect(await act(demo, 'anna', 'poll.vote', { id, option: 'a9' })).toEqual({ ok: false, reason: 'unknown' })
    expect(await act(demo, 'anna', 'poll.vote', { id: 'p-none', option: 'a1' })).toEqual({
      ok: false,
      reason: 'unknown',
    })
    await demo.command('close-poll', { id })
    await vi.waitFor(async () =>
      expect(await act(demo, 'anna', 'poll.vote', { id, option: 'a1' })).toEqual({ ok: false, reason: 'closed' }),
    )
    expect(await demo.command('close-poll', { id })).toEqual({ ok: false, message: 'This poll is closed already' })
  })

  it('counts whose picture is behind for as long as the grace lasts, and closes with the last of them', async () => {
    const { time, now } = clock()
    const demo = await startTestDemo({ now })
    const id = await idOf(demo.command('open-poll', poll))
    const end = time.now + 30_000
    time.now = end + 6000
    const late = { moment: end - 500 }
    expect(await act(demo, 'anna', 'poll.vote', { id, option: 'a1' }, late)).toEqual({ ok: true })
    expect(await act(demo, 'ben', 'poll.vote', { id, option: 'a1' }, { moment: end + 1 })).toMatchObject({
      reason: 'closed',
    })
    expect(await act(demo, 'cleo', 'poll.vote', { id, option: 'a1' })).toMatchObject({ reason: 'closed' })
    time.now = end + 15_100
    expect(await act(demo, 'dan', 'poll.vote', { id, option: 'a1' }, late)).toMatchObject({ reason: 'closed' })
    await vi.waitFor(() => expect(told(demo, 'poll.close')[0]?.data).toEqual({ id, votes: { a1: 1, a2: 0 } }))
  })

  it('of a quiz tells the right answer at the end and not before, after a restart too', async () => {
    const before = await startTestDemo()
    const id = await idOf(before.command('open-poll', { ...poll, seconds: undefined, quiz: true, correct: 1 }))
    await act(before, 'anna', 'poll.vote', { id, option: 'a2' })
    expect(JSON.stringify(before.show.events)).not.toContain('correct')
    await before.stop()
    const after = await startTestDemo({ dataFolder: before.dataFolder })
    expect(await act(after, 'anna', 'poll.vote', { id, option: 'a1' })).toMatchObject({ reason: 'already' })
    await after.command('end')
    expect(told(after, 'poll.close')[0]?.data).toEqual({ id, votes: { a1: 0, a2: 1 }, correct: 'a2' })
  })

  it('of a quiz that the host closes keeps the answer until nobody may vote any more', async () => {
    const { time, now } = clock()
    const demo = await startTestDemo({ now })
    const id = await idOf(demo.command('open-poll', { ...poll, quiz: true, correct: 1 }))
    await act(demo, 'anna', 'poll.vote', { id, option: 'a1' })
    time.now += 5000
    const end = time.now
    await demo.command('close-poll', { id })
    expect(told(demo, 'poll.open').at(-1)?.data).toMatchObject({ id, closesAt: end, quiz: true })
    time.now += 10_000
    const late = { moment: end - 500 }
    expect(await act(demo, 'ben', 'poll.vote', { id, option: 'a2' }, late)).toEqual({ ok: true })
    expect(await act(demo, 'cleo', 'poll.vote', { id, option: 'a2' })).toMatchObject({ reason: 'closed' })
    expect(JSON.stringify(demo.show.events)).not.toContain('correct')
    expect(await demo.command('close-poll', { id })).toMatchObject({ ok: false })
    time.now = end + 15_100
    await vi.waitFor(() =>
      expect(told(demo, 'poll.close')[0]?.data).toEqual({ id, votes: { a1: 1, a2: 1 }, correct: 'a2' }),
    )
    expect(await act(demo, 'dan', 'poll.vote', { id, option: 'a2' }, late)).toMatchObject({ reason: 'closed' })
  })

  it('needs a question and two to six answers; a quiz, a right one', async () => {
    const demo = await startTestDemo()
    for (const wrong of [
      { ...poll, question: ' ' },
      { ...poll, options: ['one'] },
      { ...poll, options: ['one', ''] },
      { ...poll, seconds: 0 },
      { ...poll, quiz: true, correct: 2 },
    ])
      expect(await demo.command('open-poll', wrong)).toMatchObject({ ok: false, message: expect.any(String) })
    expect(told(demo, 'poll.open')).toEqual([])
  })

  it('is closed when the show ends', async () => {
    const demo = await startTestDemo()
    const id = await idOf(demo.command('open-poll', poll))
    await demo.command('end')
    expect(told(demo, 'poll.close')).toHaveLength(1)
    expect(await act(demo, 'anna', 'poll.vote', { id, option: 'a1' })).toEqual({ ok: false, reason: 'closed' })
  })
})

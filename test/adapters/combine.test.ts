import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { combine } from '../../src/adapters/combine.ts'
import { createLink, type LinkOptions } from '../../src/adapters/link.ts'
import { linkBeside } from '../../src/adapters/link-beside.ts'
import { createServerClock } from '../../src/lib/server-clock.ts'
import type { EventAdapter, EventSink } from '../../src/model/adapter.ts'
import { createVirtualTime } from '../support/virtual-time.ts'

/** A source under the test's hand. */
function createFakeAdapter(name: string, more: Partial<EventAdapter> = {}) {
  const attempts: { sink: EventSink; since: unknown; signal: AbortSignal }[] = []
  const adapter: EventAdapter = {
    name,
    ...more,
    connect(sink, { since, signal }) {
      attempts.push({ sink, since, signal })
      sink.open()
    },
  }
  return { adapter, attempts, sink: () => attempts.at(-1)?.sink }
}

const pin = (seq: number) => ({
  v: 1,
  epoch: 'a',
  seq,
  id: `e${seq}`,
  at: seq,
  type: 'product.pin',
  data: { ids: ['p'] },
})
const chat = (id: string) => ({
  v: 1,
  id,
  at: 5,
  type: 'chat.message',
  data: { author: { id: 'v', name: 'Anna', role: 'viewer' }, text: 'hi' },
})

describe('combine', () => {
  let abort: AbortController
  let time: ReturnType<typeof createVirtualTime>
  let heard: string[]
  let statuses: string[]
  let problems: string[]
  const log = () =>
    createFakeAdapter('log', { actions: ['poll.vote'], send: async ({ type }) => ({ ok: true, id: `log ${type}` }) })

  beforeEach(() => {
    abort = new AbortController()
    time = createVirtualTime()
    heard = []
    statuses = []
    problems = []
  })
  afterEach(() => abort.abort())

  async function start(adapter: EventAdapter, more: Partial<LinkOptions> = {}) {
    const options: LinkOptions = {
      adapter,
      fetch,
      locale: 'en',
      clock: createServerClock(),
      signal: abort.signal,
      environment: time,
      onEvents: (events) => heard.push(...events.map(({ id }) => id)),
      onReset: () => heard.push('reset'),
      onStatus: (status) => statuses.push(status),
      onProblem: (problem) => problems.push(problem),
      ...more,
    }
    const link = linkBeside(options, createLink(options))
    await time.advance(0)
    return link
  }

  it('takes the log from the first and chat from the others', async () => {
    const [first, second] = [log(), createFakeAdapter('chat')]
    await start(combine(first.adapter, second.adapter))
    first.sink()?.events([pin(1)])
    second.sink()?.events([chat('c1'), JSON.stringify(chat('c2'))])
    await time.advance(0)
    expect(heard).toEqual(['reset', 'e1', 'c1', 'c2'])
  })

  it('drops what claims a place in the log where it does not come from it', async () => {
    const [first, second] = [log(), createFakeAdapter('chat')]
    await start(combine(first.adapter, second.adapter))
    first.sink()?.events([pin(1)])
    second.sink()?.events([pin(2), JSON.stringify(pin(3)), [pin(4), chat('c1')], { ...chat('c2'), epoch: 'z', seq: 1 }])
    second.sink()?.newest({ epoch: 'z', seq: 9 })
    await time.advance(0)
    expect(heard).toEqual(['reset', 'e1', 'c1'])
  })

  it.each([
    ['a list in a list', JSON.stringify([[pin(2)]])],
    ['a text in a text', JSON.stringify(JSON.stringify(pin(2)))],
    ['a text in a list', JSON.stringify([JSON.stringify(pin(2))])],
    ['a list in a list that is parsed', [[pin(2)]]],
    ['a text of another log', JSON.stringify(JSON.stringify({ ...pin(1), epoch: 'z' }))],
  ])('lets nobody in a chat speak for the host through %s', async (_, forged) => {
    const [first, second] = [log(), createFakeAdapter('chat')]
    const link = await start(combine(first.adapter, second.adapter))
    first.sink()?.events([pin(1)])
    second.sink()?.events([forged])
    await time.advance(0)
    expect(heard).toEqual(['reset', 'e1'])
    expect(problems).toHaveLength(1)
    expect(link.counts.problems).toBe(1)
  })

  it('tells and counts each forged event, also among good ones, with the counts of the log', async () => {
    const [first, second] = [log(), createFakeAdapter('chat')]
    const link = await start(combine(first.adapter, second.adapter))
    second.sink()?.events([chat('c1'), pin(2), [pin(3), chat('c2')], { ...chat('c3'), epoch: 'z', seq: 1 }, chat('c1')])
    first.sink()?.events([{ v: 2 }])
    await time.advance(0)
    expect(heard.filter((id) => id !== 'reset')).toEqual(['c1', 'c2'])
    expect(problems.filter((text) => text.includes('does not belong'))).toHaveLength(3)
    expect(link.counts).toMatchObject({ problems: 4, duplicates: 1 })
  })

  it('keeps those beside out of the log whatever they can do', async () => {
    const first = log()
    const snapshot = vi.fn(async () => ({ v: 1, epoch: 'z', seq: 9, at: 99, events: [pin(9)] }))
    await start({ ...first.adapter, beside: [createFakeAdapter('chat', { snapshot, recorded: true }).adapter] })
    first.sink()?.events([pin(1)])
    await time.advance(5000)
    expect(heard).toEqual(['reset', 'e1'])
    expect(snapshot).not.toHaveBeenCalled()
  })

  it.each(['ended', 'denied'] as const)('lets viewers speak to a chat beside a log that is %s', async (code) => {
    const send = async () => ({ ok: true, id: 'said' })
    const [first, second] = [log(), createFakeAdapter('chat', { actions: ['chat.send'], send })]
    const link = await start(combine(first.adapter, second.adapter))
    first.sink()?.closed({ code })
    expect(await link.send({ type: 'chat.send', key: 'k', data: {} })).toEqual({ ok: true, id: 'said' })
    expect(await link.send({ type: 'poll.vote', key: 'l', data: {} })).toEqual({ ok: false, reason: 'offline' })
    abort.abort()
    expect(await link.send({ type: 'chat.send', key: 'm', data: {} })).toEqual({ ok: false, reason: 'offline' })
  })

  it('tries a lost one again by itself, from its own bookmark, while the log goes on', async () => {
    const [first, second] = [log(), createFakeAdapter('chat')]
    await start(combine(first.adapter, second.adapter))
    second.sink()?.events([chat('c1')], 'mark')
    second.sink()?.closed({ code: 'network' })
    await time.advance(3000)
    expect(second.attempts).toHaveLength(2)
    expect(second.attempts[1]?.since).toMatchObject({ token: 'mark' })
    expect(first.attempts).toHaveLength(1)
    expect(statuses.at(-1)).toBe('open')
    second.sink()?.events([chat('c2')])
    await time.advance(0)
    expect(heard).toContain('c2')
  })

  it('goes on without one that refuses, and says so to the developer', async () => {
    const [first, second] = [log(), createFakeAdapter('chat')]
    await start(combine(first.adapter, second.adapter))
    second.sink()?.closed({ code: 'denied' })
    await time.advance(60_000)
    expect(second.attempts).toHaveLength(1)
    expect(statuses.at(-1)).not.toBe('denied')
    expect(problems.join()).toContain('chat, beside the log: denied')
  })

  it('sends an action through the first that carries it', async () => {
    const second = createFakeAdapter('chat', {
      actions: ['chat.send', 'poll.vote'],
      send: async ({ type }) => ({ ok: true, id: `chat ${type}` }),
    })
    const combined = combine(log().adapter, second.adapter)
    const link = await start(combined)
    expect(combined.actions).toEqual(['poll.vote', 'chat.send'])
    const send = (type: 'poll.vote' | 'chat.send' | 'host.follow') => link.send({ type, key: type, data: {} })
    expect(await send('poll.vote')).toEqual({ ok: true, id: 'log poll.vote' })
    expect(await send('chat.send')).toEqual({ ok: true, id: 'chat chat.send' })
    expect(await send('host.follow')).toMatchObject({ ok: false, reason: 'not-allowed' })
  })

  it('measures the clock by whichever tells it', async () => {
    const clock = createServerClock()
    const second = createFakeAdapter('chat')
    await start(combine(log().adapter, second.adapter), { clock })
    second.sink()?.clock({ sentAt: Date.now() - 10, receivedAt: Date.now(), serverAt: Date.now() + 60_000 })
    expect(clock.now() - Date.now()).toBeGreaterThan(50_000)
  })

  it('ends all with the player', async () => {
    const [first, second] = [log(), createFakeAdapter('chat')]
    await start(combine(first.adapter, second.adapter))
    abort.abort()
    expect([first, second].map(({ attempts }) => attempts.at(-1)?.signal.aborted)).toEqual([true, true])
  })

  it('has the optional methods of the log alone, and no actions where nobody carries any', () => {
    const snapshot = vi.fn(async () => ({}))
    expect(combine(createFakeAdapter('a', { snapshot }).adapter, log().adapter).snapshot).toBeDefined()
    const bare = combine(createFakeAdapter('a').adapter, createFakeAdapter('b', { snapshot }).adapter)
    expect([bare.snapshot, bare.history, bare.send, bare.actions]).toEqual([undefined, undefined, undefined, undefined])
  })
})

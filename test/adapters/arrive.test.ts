import { getEventListeners } from 'node:events'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { arrive } from '../../src/adapters/arrive.ts'
import type { AdapterContext, EventSink } from '../../src/model/adapter.ts'

function listen() {
  const calls: string[] = []
  const sink: EventSink = {
    open: () => void calls.push('open'),
    events: (raw) => void calls.push(`events ${raw.length}`),
    newest() {},
    clock() {},
    problem: (text) => void calls.push(text),
    closed: ({ code }) => void calls.push(code),
  }
  const over = new AbortController()
  const context: AdapterContext = { signal: over.signal, fetch, locale: 'en', since: { epoch: 'e', seq: 7 } }
  return { calls, sink, context, over }
}
const events = (count: number) => ({ events: Array(count).fill({}) })

describe('arrive', () => {
  afterEach(() => void vi.useRealTimers())

  it('reads on from the place it is given until a page is empty: fewer events than were asked for are not the end', async () => {
    const { calls, sink, context } = listen()
    const asked: number[] = []
    const history = async ({ after }: { after: number }) => {
      asked.push(after)
      const count = [500, 100, 1][asked.length - 1] ?? 0
      return { events: Array.from({ length: count }, (_, n) => ({ seq: after + n + 1 })) }
    }
    await arrive({ source: {}, log: { history } }, sink, context)
    expect(asked).toEqual([7, 507, 607, 608])
    expect(calls).toEqual(['open', 'events 500', 'events 100', 'events 1'])
  })

  it.each([
    ['with their places', Array.from({ length: 20 }, (_, n) => ({ seq: n + 1 })), 2],
    ['without', Array(20).fill({}), 1],
  ])(
    'asks a server that gives the same events whatever it is asked for %s no more than it must',
    async (_, same, times) => {
      const { sink, context } = listen()
      const history = vi.fn(async () => ({ events: same }))
      await arrive({ source: {}, log: { history } }, sink, context)
      expect(history).toHaveBeenCalledTimes(times)
    },
  )

  it('goes by the places of the events, where pages overlap and viewers speak in them', async () => {
    const { sink, context } = listen()
    const asked: number[] = []
    const pages = [[6, 7, 8], [8, undefined, 9], []]
    const history = async ({ after }: { after: number }) => {
      asked.push(after)
      return { events: pages[asked.length - 1]?.map((seq) => ({ seq })) }
    }
    await arrive({ source: {}, log: { history } }, sink, context)
    expect(asked).toEqual([7, 8, 9])
  })

  it.each([
    ['fails', () => Promise.reject(new Error('503'))],
    ['never answers', () => new Promise<never>(() => {})],
  ])('asks again, from where it was, for what %s, until it comes', async (_, fail) => {
    vi.useFakeTimers()
    const { calls, sink, context } = listen()
    const asked: number[] = []
    const history = ({ after }: { after: number }) => {
      asked.push(after)
      return asked.length === 2 || asked.length === 3
        ? fail()
        : Promise.resolve(events([500, 0, 0, 2][asked.length - 1] ?? 0))
    }
    const done = arrive({ source: {}, log: { history } }, sink, context)
    await vi.advanceTimersByTimeAsync(30_000)
    await done
    expect(asked).toEqual([7, 507, 507, 507])
    expect(calls.filter((call) => !call.startsWith('what'))).toEqual(['open', 'events 500', 'events 2'])
    expect(calls).toHaveLength(5)
  })

  it('asks for the snapshot again, too, and no more once the line is over', async () => {
    vi.useFakeTimers()
    const { sink, context, over } = listen()
    const snapshot = vi.fn(() => Promise.reject(new Error('503')))
    void arrive({ source: {}, log: { snapshot } }, sink, context)
    await vi.advanceTimersByTimeAsync(120_000)
    const { length } = snapshot.mock.calls
    expect(length).toBeGreaterThan(2)
    // Those of the attempt and the wait at hand, none of attempts that are over.
    expect(getEventListeners(over.signal, 'abort').length).toBeLessThan(3)
    over.abort()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(snapshot).toHaveBeenCalledTimes(length)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('does not ask for ever where every page is full', async () => {
    const { sink, context, over } = listen()
    let asked = 0
    const history = async () => {
      if (++asked === 200) over.abort()
      return events(500)
    }
    await arrive({ source: {}, log: { history } }, sink, context)
    expect(asked).toBeLessThan(200)
  })
})

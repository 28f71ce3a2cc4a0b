import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { engineRequests } from '../../src/adapters/engine-requests.ts'
import { createLink, type Link } from '../../src/adapters/link.ts'
import { createServerClock } from '../../src/lib/server-clock.ts'
import type { EventAdapter } from '../../src/model/adapter.ts'
import { until } from '../support/until.ts'

const HUGE = JSON.stringify({ ok: true, v: 1, epoch: 'e', seq: 1, at: 1, events: [], padding: 'x'.repeat(5_000_000) })
const bytes = (text: string) => new TextEncoder().encode(text)

describe('engineRequests', () => {
  let abort: AbortController
  let problems: string[]
  let parsed: number[]
  beforeEach(() => {
    abort = new AbortController()
    problems = []
    parsed = []
    const parse = JSON.parse
    vi.spyOn(JSON, 'parse').mockImplementation((text: string) => {
      parsed.push(text.length)
      return parse(text)
    })
  })
  afterEach(() => {
    abort.abort()
    vi.restoreAllMocks()
  })

  /** A link over an engine that answers each question with this. */
  function over(answers: Record<string, unknown>): Link {
    const adapter: EventAdapter = {
      name: 'engine',
      ...engineRequests({ snapshot: 'snap', history: 'log', send: 'act' }, async (name) => answers[name]),
      connect: (sink) => sink.open(),
    }
    return createLink({
      adapter,
      fetch,
      locale: 'en',
      clock: createServerClock(),
      signal: abort.signal,
      firstWait: 20,
      onEvents() {},
      onReset() {},
      onStatus() {},
      onProblem: (problem) => problems.push(problem),
    })
  }

  it.each([
    ['text', HUGE],
    ['bytes', bytes(HUGE)],
  ])('drops answers of 5 MB as %s unparsed, counts them and tells', async (_, answer) => {
    const link = over({ snap: answer, act: answer })
    await until(() => expect(problems.join()).toMatch(/snap answered no JSON, or too much of it/))
    expect(await link.send({ type: 'chat.send', key: 'k', data: { text: 'hi' } })).toMatchObject({ ok: false })
    expect(problems.join()).toMatch(/answer to chat\.send/)
    // The snapshot is asked for again and again.
    expect(link.counts.problems).toBe(problems.length)
    expect(Math.max(0, ...parsed)).toBeLessThan(100_000)
  })

  it('drops an answer to an action that is longer than a message may be', async () => {
    const link = over({ snap: undefined, act: `{"ok":true,"padding":"${'x'.repeat(70_000)}"}` })
    expect(await link.send({ type: 'chat.send', key: 'k', data: { text: 'hi' } })).toMatchObject({ ok: false })
    expect(link.counts.problems).toBe(1)
  })

  it('reads a history longer than a message may be, as text, bytes or value', async () => {
    const page = { events: Array.from({ length: 500 }, (_, seq) => ({ seq, padding: 'x'.repeat(400) })) }
    for (const answer of [JSON.stringify(page), bytes(JSON.stringify(page)), page]) {
      const { history } = engineRequests({ history: 'log' }, async () => answer)
      const context = { signal: abort.signal, fetch, locale: 'en' }
      expect(await history?.({ epoch: 'e', after: 0, limit: 500 }, context)).toEqual(page)
    }
  })

  it('takes nothing for no snapshot, and an empty answer for nobody', async () => {
    const context = { signal: abort.signal, fetch, locale: 'en' }
    const none = engineRequests({ snapshot: 'snap' }, async () => undefined)
    expect(await none.snapshot?.(context)).toBeUndefined()
    const empty = engineRequests({ snapshot: 'snap', send: 'act' }, async () => new Uint8Array())
    await expect(empty.snapshot?.(context)).rejects.toThrow('nobody answers')
    await expect(empty.send?.({ type: 'chat.send', key: 'k', data: {} }, context)).rejects.toThrow('nobody answers')
  })
})

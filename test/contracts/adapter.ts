import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { actionResultSchema } from '../../src/model/action.ts'
import {
  type AdapterContext,
  type CloseCode,
  type EventAdapter,
  historySchema,
  type Since,
  snapshotSchema,
} from '../../src/model/adapter.ts'
import { parse } from '../../src/model/parse.ts'

/** One server and one adapter that talks to it, made afresh for every test. */
export interface AdapterHarness {
  readonly adapter: EventAdapter
  /** Names the log that `publish` writes. */
  readonly epoch: string
  /** Appends that many host events; a listener hears them (a recorded log is read after this). */
  publish(count: number): void | Promise<void>
  /** Connections that the server has open. */
  connections(): number | Promise<number>
  /** Addresses that the server was asked for. */
  addresses(): readonly string[]
  /** Makes the server end this connection, or refuse the next, for that reason. Absent key: it cannot happen here. */
  readonly endings: Partial<Record<CloseCode, { before?(): void; after?(): void; retryAfter?: number }>>
  /** Lets in no other token than this. */
  requireToken?(token: string): void
  /** Sends something that is no event. */
  garble?(): void | Promise<void>
  stop(): void | Promise<void>
}

/** What a source may lack; the tests of that are then left out, and its absence is checked where it can be seen. */
export type AdapterFeature = 'resume' | 'tokens' | 'garbage' | 'clock' | 'snapshot' | 'history' | 'send'

interface Heard {
  readonly calls: string[]
  readonly events: unknown[]
  readonly tokens: (string | undefined)[]
  readonly samples: { sentAt: number; receivedAt: number; serverAt: number }[]
  closed?: { code: CloseCode; retryAfter?: number | undefined }
}

/**
 * What every event adapter must do; run it in a vitest file with the adapter's own server, real or fake. After its signal aborted an adapter may still call
 * its sink, at once too: the link ignores that.
 * @param lacks what this source cannot do
 */
export function testAdapter(
  name: string,
  makeHarness: () => Promise<AdapterHarness>,
  lacks: readonly AdapterFeature[] = [],
): void {
  /** A test of an optional feature. */
  const given = (feature: AdapterFeature) => (lacks.includes(feature) ? () => {} : it)

  describe(`${name} as an event adapter`, () => {
    let harness: AdapterHarness
    let abort: AbortController

    beforeEach(async () => {
      harness = await makeHarness()
      abort = new AbortController()
    })
    afterEach(async () => {
      abort.abort()
      await harness.stop()
    })

    function context(more: Partial<AdapterContext> = {}): AdapterContext {
      return { signal: abort.signal, fetch: (...args) => fetch(...args), locale: 'en', ...more }
    }

    function connect(since?: Since, more: Partial<AdapterContext> = {}): Heard {
      const heard: Heard = { calls: [], events: [], tokens: [], samples: [] }
      const note = (call: string) => {
        if (!abort.signal.aborted) heard.calls.push(call)
      }
      harness.adapter.connect(
        {
          open: () => note('open'),
          events(raw, token) {
            if (raw.length) note('events')
            heard.events.push(...raw)
            heard.tokens.push(token)
          },
          newest: () => note('newest'),
          clock: (sample) => heard.samples.push(sample),
          problem: () => note('problem'),
          closed(why) {
            note('closed')
            if (!abort.signal.aborted) heard.closed = why
          },
        },
        context({ since, ...more }),
      )
      return heard
    }

    /** An adapter may hand over again what lies around the place where it resumes. */
    const resumed = (heard: Heard) => [...new Set(places(heard.events))]
    const opened = (heard: Heard) => vi.waitFor(() => expect(heard.calls).toContain('open'))
    const places = (raw: readonly unknown[]) =>
      raw
        .map((event) => (typeof event === 'string' ? JSON.parse(event) : event))
        .filter((event) => event?.seq !== undefined)
        .map((event) => event.seq)

    async function live(heard: Heard, count: number) {
      if (harness.adapter.recorded) return
      await opened(heard)
      await vi.waitFor(() => expect(heard.calls.length).toBeGreaterThan(0))
      await harness.publish(count)
    }

    it('opens once, before anything else, and hands over events in order', async () => {
      if (harness.adapter.recorded) await harness.publish(3)
      const heard = connect()
      await live(heard, 3)
      await vi.waitFor(() => expect(places(heard.events)).toEqual([1, 2, 3]))
      expect(heard.calls[0]).toBe('open')
      expect(heard.calls.filter((call) => call === 'open')).toHaveLength(1)
    })

    it('has the methods of what it can do, and no others', () => {
      for (const method of ['snapshot', 'history', 'send'] as const) {
        expect(typeof harness.adapter[method]).toBe(lacks.includes(method) ? 'undefined' : 'function')
      }
      expect(harness.requireToken === undefined).toBe(lacks.includes('tokens'))
      expect(harness.garble === undefined).toBe(lacks.includes('garbage'))
    })

    it('leaves nothing open when its signal aborts', async () => {
      await harness.publish(1)
      const heard = connect()
      await opened(heard)
      abort.abort()
      await vi.waitFor(async () => expect(await harness.connections()).toBe(0), 5000)
    })

    it('asks the server nothing once its signal aborted', async () => {
      await harness.publish(1)
      const aborted = new AbortController()
      aborted.abort()
      const dead = connect(undefined, { signal: aborted.signal })
      const other = connect()
      await opened(other)
      expect(harness.addresses()).toHaveLength(1)
      expect(dead.events).toEqual([])
    })

    given('resume')('resumes after the place it is given', async () => {
      await harness.publish(4)
      const heard = connect({ epoch: harness.epoch, seq: 2 })
      await vi.waitFor(() => expect(resumed(heard)).toEqual([3, 4]))
      await harness.publish(1)
      await vi.waitFor(() => expect(resumed(heard)).toEqual([3, 4, 5]))
    })

    given('resume')('resumes by its own bookmark', async () => {
      const former = new AbortController()
      const first = connect(undefined, { signal: former.signal })
      await live(first, 2)
      await vi.waitFor(() => expect(places(first.events)).toEqual([1, 2]))
      const token = first.tokens.findLast((mark) => mark !== undefined)
      former.abort()
      await harness.publish(1)
      const second = connect({ epoch: harness.epoch, seq: 2, token })
      await vi.waitFor(() => expect(resumed(second)).toEqual([3]))
    })

    it('ends with a code that says why', async () => {
      for (const [code, ending] of Object.entries(harness.endings)) {
        ending.before?.()
        const heard = connect()
        if (ending.after) {
          await opened(heard)
          ending.after()
        }
        await vi.waitFor(() => expect(heard.closed).toBeDefined())
        expect(heard.closed?.code).toBe(code)
        if (ending.retryAfter !== undefined) expect(heard.closed?.retryAfter).toBe(ending.retryAfter)
        expect(heard.calls.filter((call) => call === 'closed')).toHaveLength(1)
      }
    })

    given('tokens')('shows its token to the server and never in an address', async () => {
      harness.requireToken?.('s3cret')
      const heard = connect(undefined, { getToken: async () => 's3cret' })
      await opened(heard)
      expect(harness.addresses().join()).not.toContain('s3cret')
    })

    given('tokens')('ends as a lost network where the page gives no token', async () => {
      const heard = connect(undefined, { getToken: () => Promise.reject(new Error('signed out')) })
      await vi.waitFor(() => expect(heard.closed?.code).toBe('network'))
    })

    given('garbage')('survives what is no event', async () => {
      const heard = connect()
      await opened(heard)
      await harness.garble?.()
      await harness.publish(1)
      await vi.waitFor(() => expect(places(heard.events.slice(-1))).toEqual([1]), 5000)
      expect(heard.closed).toBeUndefined()
    })

    given('clock')('measures round trips', async () => {
      const before = Date.now()
      const heard = connect()
      await vi.waitFor(() => expect(heard.samples.length).toBeGreaterThan(0))
      for (const { sentAt, receivedAt, serverAt } of heard.samples) {
        expect(sentAt).toBeGreaterThanOrEqual(before)
        expect(receivedAt).toBeGreaterThanOrEqual(sentAt)
        expect(Math.abs(serverAt - receivedAt)).toBeLessThan(60_000)
      }
    })

    given('snapshot')('answers a snapshot that covers its log', async () => {
      await harness.publish(3)
      const snapshot = parse(snapshotSchema, await harness.adapter.snapshot?.(context()), 'bad-log', 'snapshot')
      expect(snapshot.epoch).toBe(harness.epoch)
      expect(snapshot.seq).toBe(3)
    })

    given('history')('answers history by pages, and says when an epoch is gone', async () => {
      await harness.publish(5)
      const ask = async (epoch: string, after: number, limit: number) =>
        parse(historySchema, await harness.adapter.history?.({ epoch, after, limit }, context()), 'bad-log', 'history')
      const page = await ask(harness.epoch, 1, 2)
      expect('events' in page && places(page.events)).toEqual([2, 3])
      expect(await ask(harness.epoch, 5, 2)).toMatchObject({ events: [] })
      expect(await ask('never was', 0, 2)).toMatchObject({ gone: true })
    })

    given('send')('carries an action and its answer, a refusal too', async () => {
      const { adapter } = harness
      await opened(connect())
      const send = async (key: string, text: string) =>
        parse(
          actionResultSchema,
          await adapter.send?.({ type: 'chat.send', key, data: { text } }, context()),
          'bad-log',
          'answer',
        )
      const [first, again] = [await send('k1', 'hello'), await send('k1', 'hello')]
      expect(first).toMatchObject({ ok: true })
      expect(again).toEqual(first)
      expect(await send('k2', '')).toMatchObject({ ok: false, reason: 'empty' })
    })
  })
}

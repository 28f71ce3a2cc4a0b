import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { callbacks } from '../../src/adapters/callbacks.ts'
import { combine } from '../../src/adapters/combine.ts'
import { feed } from '../../src/adapters/feed.ts'
import { inBand } from '../../src/adapters/in-band.ts'
import { createLink, type Link, type LinkOptions } from '../../src/adapters/link.ts'
import { linkBeside } from '../../src/adapters/link-beside.ts'
import { natsCore } from '../../src/adapters/nats-core.ts'
import { socket } from '../../src/adapters/socket.ts'
import { sse } from '../../src/adapters/sse.ts'
import { timeline } from '../../src/adapters/timeline.ts'
import { createServerClock } from '../../src/lib/server-clock.ts'
import type { EventAdapter, MetadataCues } from '../../src/model/adapter.ts'
import { parseEvent } from '../../src/model/event.ts'
import { createShowLog } from '../../src/state/show-log.ts'
import { startFakeDesk } from '../support/fake-desk.ts'
import { startFakeNats } from '../support/fake-nats.ts'
import { until } from '../support/until.ts'
import { createVirtualTime } from '../support/virtual-time.ts'

/** A source that says what it is told to, over the adapter's own wire. */
interface Source {
  readonly adapter: EventAdapter
  say(text: string): void
  /** It is read once, so all is said before. */
  readonly isRead?: boolean
  readonly fetch?: typeof fetch
  readonly metadata?: MetadataCues
  stop?(): Promise<void>
}

const SOURCES: Readonly<Record<string, () => Source | Promise<Source>>> = {
  async socket() {
    const desk = await startFakeDesk()
    return { adapter: socket({ url: `${desk.url}events` }), say: desk.shout, stop: desk.stop }
  },
  async sse() {
    const desk = await startFakeDesk()
    return { adapter: sse({ url: `${desk.url}events` }), say: desk.shout, stop: desk.stop }
  },
  feed() {
    const segments: string[] = []
    const index = () => ({
      ...{ v: 1, epoch: 'first', seq: 0, at: segments.length, path: 'files/', every: 0.02 },
      segments: segments.map((_, n) => ({ n, after: 0, seq: 0 })),
    })
    return {
      adapter: feed({ url: 'https://cdn.example/index.json' }),
      say: (text) => void segments.push(`[${text}]`),
      fetch: async (address) => {
        const n = /(\d+)\.json$/.exec(String(address))?.[1]
        return new Response(n === undefined ? JSON.stringify(index()) : segments[Number(n)])
      },
    }
  },
  timeline() {
    const lines: string[] = []
    return {
      adapter: timeline({ url: 'https://cdn.example/friday.jsonl' }),
      say: (text) => void lines.push(text),
      isRead: true,
      fetch: async () => new Response(lines.join('\n')),
    }
  },
  'in-band'() {
    let reach: Parameters<MetadataCues['subscribe']>[0] = () => {}
    const subscribe: MetadataCues['subscribe'] = (onCue) => {
      reach = onCue
      return () => {}
    }
    return {
      adapter: inBand(),
      metadata: { subscribe },
      say: (text) => reach({ data: { key: 'TXXX', data: text }, start: 1 }),
    }
  },
  async 'nats-core'() {
    const nats = await startFakeNats()
    const adapter = natsCore({ url: nats.url, subject: 'show' })
    return { adapter, say: (text) => nats.publish('show', text), stop: nats.stop }
  },
  callbacks() {
    const adapter = callbacks()
    return { adapter, say: adapter.push }
  },
  'the chat of combine'() {
    const chat = callbacks()
    return { adapter: combine(callbacks(), chat), say: chat.push }
  },
}

const message = (id: string, more = '') =>
  `{"v":1,"id":"${id}","at":1,"type":"chat.message","data":{"author":{"id":"v","name":"V","role":"viewer"},"text":"hi"}${more}}`
const AS_TEXT = /too long|no JSON|not JSON|no event|too much|found a list/

const BAD: readonly [name: string, text: string, told: RegExp][] = [
  ['an event of unknown type', '{"v":1,"id":"x","at":1,"type":"from.tomorrow","data":{}}', /unknown type/],
  ['a message of 5 MB', message('big', `,"padding":"${'x'.repeat(5_000_000)}"`), AS_TEXT],
  ['JSON a million deep', '['.repeat(1_000_000) + ']'.repeat(1_000_000), AS_TEXT],
  ['a __proto__ key as a name', message('p').replace('"id":"v"', '"id":"__proto__"'), /built-in property name/],
  [
    'a host event on the chat channel',
    '{"v":1,"id":"f","at":1,"type":"offer.close","data":{"id":"o","reason":"host"}}',
    /only the log's writer/,
  ],
  ['half a message', '{"v":1,', AS_TEXT],
]

describe.each(Object.entries(SOURCES))('bad input over %s', (_, make) => {
  let source: Source
  let abort: AbortController
  let problems: string[]
  let statuses: string[]
  let log: ReturnType<typeof createShowLog>
  beforeEach(async () => {
    vi.stubGlobal('WebSocket', WebSocket)
    source = await make()
    abort = new AbortController()
    problems = []
    statuses = []
    log = createShowLog({ replay: false })
  })
  afterEach(async () => {
    abort.abort()
    await source.stop?.()
    vi.unstubAllGlobals()
  })

  function open(): Link {
    const options: LinkOptions = {
      adapter: source.adapter,
      fetch: source.fetch ?? ((...args) => fetch(...args)),
      ...{ locale: 'en', clock: createServerClock(), signal: abort.signal, firstWait: 20 },
      metadata: source.metadata,
      onEvents(events) {
        log.add(events, 0)
        log.moveTo(null)
      },
      onReset: () => log.reset(),
      onStatus: (status) => statuses.push(status),
      onProblem: (problem) => problems.push(problem),
    }
    const link = createLink(options)
    return source.adapter.beside ? linkBeside(options, link) : link
  }
  const ids = () => log.room().chat.map(({ id }) => id)

  /** What the room is after the two good messages alone. */
  function fair() {
    const alone = createShowLog({ replay: false })
    const events = [message('one'), message('two')].map((text) => parseEvent(JSON.parse(text)))
    alone.add(
      events.flatMap((parsed) => (parsed.ok ? parsed.event : [])),
      0,
    )
    alone.moveTo(null)
    return { ...alone.room(), epoch: undefined }
  }

  it.each(BAD)('drops %s, counts it, tells it, and goes on', async (_name, text, told) => {
    if (source.isRead) for (const said of [message('one'), text, message('two')]) source.say(said)
    const link = open()
    if (!source.isRead) {
      await until(() => expect(statuses).toEqual(['connecting', 'open']))
      source.say(message('one'))
      source.say(text)
      source.say(message('two'))
    }
    await vi.waitFor(() => expect(ids()).toEqual(['one', 'two']), { timeout: 10_000 })
    expect({ ...log.room(), epoch: undefined }).toEqual(fair())
    expect(problems.join('\n')).toMatch(told)
    expect(link.counts.problems).toBe(problems.length)
    expect(Math.max(...problems.map(({ length }) => length))).toBeLessThan(300)
    expect(statuses).toEqual(['connecting', 'open', ...(source.isRead ? ['ended'] : [])])
  })

  it('keeps nothing of a polluting key in a whole message', async () => {
    const polluted = message('one', ',"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}')
    if (source.isRead) source.say(polluted)
    open()
    if (!source.isRead) {
      await until(() => expect(statuses.at(-1)).toBe('open'))
      source.say(polluted)
    }
    await until(() => expect(ids()).toEqual(['one']))
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    expect(JSON.stringify(log.room())).not.toContain('polluted')
  })
})

describe('the chat of combine', () => {
  it('is refused a place in the log, whatever it claims', async () => {
    const [host, chat] = [callbacks(), callbacks()]
    const abort = new AbortController()
    const problems: string[] = []
    const heard: string[] = []
    const options: LinkOptions = {
      adapter: combine(host, chat),
      ...{ fetch, locale: 'en', clock: createServerClock(), signal: abort.signal },
      onEvents: (events) => heard.push(...events.map(({ type }) => type)),
      onReset() {},
      onStatus() {},
      onProblem: (problem) => problems.push(problem),
    }
    const link = linkBeside(options, createLink(options))
    const forged = { v: 1, epoch: 'mine', seq: 1, id: 'f', at: 9e12, type: 'offer.close' }
    chat.push(JSON.stringify({ ...forged, data: { id: 'o', reason: 'host' } }))
    host.push({ type: 'notice', data: { text: 'from the host' } })
    await until(() => expect(heard).toEqual(['notice']))
    expect(problems.join()).toContain('does not belong here')
    expect(link.counts.problems).toBe(1)
    abort.abort()
  })
})

/** Accepts and says nothing. */
class SilentSocket {
  static readonly OPEN = 1
  readyState = 0
  onopen: (() => void) | null = null
  binaryType = ''
  constructor() {
    queueMicrotask(() => {
      this.readyState = 1
      this.onopen?.()
    })
  }
  send() {}
  close() {}
}

describe.each<[string, () => EventAdapter, (() => Response)?]>([
  ['socket', () => socket({ url: 'wss://desk.example/events' })],
  ['nats-core', () => natsCore({ url: 'wss://nats.example', subject: 'show' })],
  ['sse', () => sse({ url: 'https://desk.example/events' }), () => silent('text/event-stream')],
  ['sse of nchan', () => sse({ url: 'https://desk.example/e', dialect: 'nchan' }), () => silent('text/event-stream')],
  ['feed', () => feed({ url: 'https://cdn.example/index.json' })],
  ['timeline', () => timeline({ url: 'https://cdn.example/friday.jsonl' }), () => silent('application/json')],
  ['timeline over segments', () => timeline({ url: 'https://cdn.example/index.json' })],
])('a server that accepts and stays silent, over %s', (_, make, answer) => {
  afterEach(() => vi.unstubAllGlobals())

  it('is hung up on, told, and asked again, more and more rarely', async () => {
    vi.stubGlobal('WebSocket', SilentSocket)
    const time = createVirtualTime()
    const abort = new AbortController()
    const problems: string[] = []
    const link = createLink({
      adapter: make(),
      // Without an answer: the connection is accepted, and that is all.
      fetch: async () => answer?.() ?? new Promise<Response>(() => {}),
      ...{ locale: 'en', clock: createServerClock(), signal: abort.signal, environment: time },
      onEvents() {},
      onReset() {},
      onStatus() {},
      onProblem: (problem) => problems.push(problem),
    })
    for (let second = 0; second < 300; second++) await time.advance(1000)
    expect(problems).toContain('no sign of life')
    expect(link.counts.problems).toBe(problems.length)
    expect(link.counts.connects).toBeGreaterThan(4)
    expect(link.counts.connects).toBeLessThan(25)
    abort.abort()
    expect(time.timers()).toBe(0)
  })
})

/** An answer whose body never comes. */
function silent(type: string): Response {
  return new Response(new ReadableStream(), { headers: { 'Content-Type': type } })
}

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { callbacks } from '../../src/adapters/callbacks.ts'
import { type MapMessage, map } from '../../src/adapters/map.ts'
import type { EventAdapter, EventSink } from '../../src/model/adapter.ts'
import { parseEvent } from '../../src/model/event.ts'
import { check } from '../../src/model/parse.ts'
import { showSchema } from '../../src/model/show.ts'
import { hearInTests } from '../support/hear-adapter.ts'
import { until } from '../support/until.ts'

/** A source that brings what it is given. */
function createFakeSource(more: Partial<EventAdapter> = {}) {
  let sink: EventSink | undefined
  const adapter: EventAdapter = {
    name: 'fake',
    ...more,
    connect(to) {
      sink = to
      to.open()
    },
  }
  return { adapter, bring: (...raw: unknown[]) => sink?.events(raw, 'mark') }
}

/** A Socket.IO chat as it is usually written (docs/adapters.md). */
const CHAT = {
  $switch: '$.kind',
  cases: {
    message: {
      type: 'chat.message',
      id: '{$.room}-{$.id}',
      at: { $time: '$.createdAt' },
      data: { author: { id: { $text: '$.user.id' }, name: '$.user.displayName', role: 'viewer' }, text: '$.body' },
    },
    viewers: { type: 'audience.count', at: { $seconds: '$.ts' }, data: { count: { $number: '$.n' } } },
    typing: null,
  },
}

/** Amazon IVS timed metadata as a shop would put it (docs/adapters.md). */
const IVS = {
  $switch: '$.action',
  cases: {
    show: { type: 'product.pin', data: { ids: { $each: '$.products', give: '$.sku' } } },
    hide: { type: 'product.pin', data: { ids: [] } },
  },
}

/** The events of the shows in the docs, by their address. */
function documented(): Record<string, unknown>[] {
  const text = readFileSync('docs/adapters.md', 'utf8')
  const blocks = [...text.matchAll(/```json\n("events"[\s\S]*?)\n```/g)].map(
    ([, block]) => JSON.parse(`{${block}}`).events,
  )
  return blocks.flatMap((events) => [events, ...(events.more ?? [])])
}

describe('map', () => {
  const hear = hearInTests()

  it('is documented by the tables that are tested here, in shows that are whole', () => {
    const sources = documented()
    expect(sources.find(({ url }) => url === 'in-band:')?.map).toEqual(IVS)
    expect(sources.find(({ url }) => url === 'socketio:chat')?.map).toEqual(CHAT)
    const show = { version: 1, id: 'friday', title: 'Friday', products: [] }
    for (const events of sources) expect(check(showSchema, { ...show, events })).toMatchObject({ ok: true })
  })

  it('takes the text cues of an IVS player from a page that pushes them', async () => {
    const cues = callbacks()
    const heard = hear(map(cues, IVS))
    cues.push('{"action":"show","products":[{"sku":"mug"}]}')
    await until(() => expect(heard.raw).toMatchObject([{ type: 'product.pin', seq: 1, data: { ids: ['mug'] } }]))
  })

  it('makes events of a Socket.IO chat by a template', () => {
    const { adapter, bring } = createFakeSource()
    const heard = hear(map(adapter, CHAT))
    const user = { id: 42, displayName: 'Anna' }
    bring({ kind: 'message', room: 'r', id: 7, createdAt: '2026-11-20T18:00:00Z', user, body: 'Hello <b>' })
    bring({ kind: 'viewers', ts: 1795197600.5, n: '120' }, { kind: 'typing' }, { kind: 'unheard of' })
    expect(heard.raw).toMatchObject([
      {
        v: 1,
        id: 'r-7',
        at: Date.parse('2026-11-20T18:00:00Z'),
        type: 'chat.message',
        data: { author: { id: '42', name: 'Anna', role: 'viewer' }, text: 'Hello <b>' },
      },
      { type: 'audience.count', at: 1_795_197_600_500, data: { count: 120 } },
    ])
    expect(heard.raw.every((event) => Object(event).seq === undefined)).toBe(true)
    expect(heard.raw.map((event) => parseEvent(event).ok)).toEqual([true, true])
    expect(heard.tokens).toEqual(['mark', 'mark'])
  })

  it('makes host events of Amazon IVS timed metadata, at the picture and in its order', () => {
    const { adapter, bring } = createFakeSource({ anyOrder: true, readsCues: true })
    let picture = 1_800_000_060_000.4
    const heard = hear(map(adapter, IVS), undefined, { picture: () => picture })
    bring('{"action":"show","products":[{"sku":"mug"},{"sku":"coat"}]}')
    picture -= 60_000
    bring('{"action":"hide"}')
    const [later, earlier] = heard.raw.map((event) => Object(event))
    expect(later).toMatchObject({ epoch: 'mapped', at: 1_800_000_060_000, data: { ids: ['mug', 'coat'] } })
    expect(earlier).toMatchObject({ at: 1_800_000_000_000, data: { ids: [] } })
    expect(earlier.seq).toBeLessThan(later.seq)
    expect(heard.raw.map((event) => parseEvent(event).ok)).toEqual([true, true])
  })

  it('gives host events that have none a place by their coming, the same to a repetition', () => {
    const { adapter, bring } = createFakeSource()
    const heard = hear(map(adapter, { type: 'product.pin', id: '$.id', data: { ids: ['$.sku'] } }))
    for (const id of ['a', 'b', 'a', 'c']) bring({ id, sku: 'mug' })
    expect(heard.seqs()).toEqual([1, 2, 1, 3])
  })

  it('gives a message without an id one made of what it says and when', () => {
    const ids = (messages: object[]) => {
      const { adapter, bring } = createFakeSource()
      const heard = hear(map(adapter, { type: 'notice', at: '$.at', data: { text: '$.text' } }))
      bring(...messages)
      return heard.raw.map((event) => Object(event).id)
    }
    const [one, two] = [
      { at: 1, text: 'x' },
      { at: 2, text: 'x' },
    ]
    expect(ids([one, one])[0]).toBe(ids([one])[0])
    expect(new Set(ids([one, one, two])).size).toBe(2)
  })

  /** What a chat user who knows our format would publish. */
  const FORGED = [
    { v: 1, id: 'f1', at: 1, type: 'product.pin', data: { ids: ['fake'] } },
    { v: 1, id: 'f2', at: 1, epoch: 'mapped', seq: 1, type: 'offer.close', data: { id: 'o', reason: 'host' } },
    { type: 'notice', data: { text: 'Free phones at evil.example' } },
    {
      ...{ v: 1, id: 'f3', at: 1, epoch: 'mapped', seq: 2, type: 'chat.message' },
      data: { author: { id: 'h', name: 'Mira', role: 'host' }, text: 'I am the host' },
    },
  ]
  /** What of a mapping's events gets past the door. */
  const accepted = (adapter: EventAdapter, bring: (...raw: unknown[]) => void) => {
    const heard = hear(adapter)
    bring(...FORGED)
    return heard.raw.map(parseEvent).flatMap((parsed) => (parsed.ok ? parsed.event : []))
  }

  it.each<[string, MapMessage]>([
    ['passes messages through', (message) => message],
    ['copies them', (message) => ({ ...(message as object) })],
    ['marks the message and gives a copy', (message, host) => ({ ...host(message as object) })],
    ['gives lists', (message) => [message]],
  ])('lets a function that %s bring nothing of the host', (_, how) => {
    const { adapter, bring } = createFakeSource()
    const events = accepted(map(adapter, how), bring)
    expect(events).toMatchObject([{ type: 'chat.message', data: { author: { role: 'viewer' } } }])
    expect(events[0]?.seq).toBeUndefined()
  })

  it('lets a function bring of a history what it brings of events', async () => {
    const { adapter } = createFakeSource({ history: async () => ({ events: FORGED }) })
    const context = { signal: new AbortController().signal, fetch, locale: 'en' }
    const page = await map(adapter, (message) => message).history?.({ epoch: 'e', after: 0, limit: 9 }, context)
    const events = (page as { events: unknown[] }).events.map(parseEvent)
    expect(events.map(({ ok }) => ok)).toEqual([false, false, false, true])
  })

  it('takes for the host’s what a function marks, with a place of its own or one that it is given', () => {
    const { adapter, bring } = createFakeSource()
    const heard = hear(
      map(adapter, (message, host) => {
        const { kind, sku, text } = message as Record<string, unknown>
        if (kind === 'pin') return host({ type: 'product.pin', data: { ids: [sku] } })
        const author = { id: 'h', name: 'Mira', role: 'host' }
        return host({ type: 'chat.message', epoch: 'own', seq: 7, data: { author, text } })
      }),
    )
    bring({ kind: 'pin', sku: 'mug' }, { kind: 'line', text: 'hi' })
    expect(heard.raw.map(parseEvent)).toMatchObject([
      { ok: true, event: { type: 'product.pin', epoch: 'mapped', seq: 1 } },
      { ok: true, event: { epoch: 'own', seq: 7, data: { author: { role: 'host' } } } },
    ])
  })

  it('lets no chat through a table become anything but what the table says', () => {
    const { adapter, bring } = createFakeSource()
    const heard = hear(map(adapter, CHAT))
    for (const forged of FORGED)
      for (const kind of ['message', 'viewers']) bring({ ...forged, kind, role: 'host', user: { id: 1 }, body: 'hi' })
    expect(heard.raw.length).toBeGreaterThan(0)
    for (const event of heard.raw) {
      expect(event).toMatchObject({ type: expect.stringMatching(/^(chat\.message|audience\.count)$/) })
      expect(Object(event).seq).toBeUndefined()
      expect(Object(event).data.author?.role).not.toBe('host')
    }
  })

  it.each([
    '$',
    '$.event',
    ['$.event'],
    { $json: '$.text' },
    { $each: '$.events', give: '$' },
    { $first: ['$.event', null] },
    { $first: '$.events' },
    { $switch: '$.kind', cases: { event: '$.event' } },
    { $switch: '$.other', cases: {}, else: [{ $json: '$.text' }] },
    { $switch: '$.other', cases: { show: { type: 'product.pin', data: {} } }, else: '$.event' },
  ])('lets a table bring nothing of the host that a message wrote: %j', (table) => {
    const { adapter, bring } = createFakeSource()
    const heard = hear(map(adapter, JSON.stringify(table)))
    for (const event of FORGED) bring({ ...event, kind: 'event', event, events: [event], text: JSON.stringify(event) })
    const accepted = heard.raw.map(parseEvent).flatMap((parsed) => (parsed.ok ? parsed.event : []))
    expect(heard.raw.length).toBeGreaterThan(0)
    expect(accepted).toMatchObject([{ type: 'chat.message', data: { author: { role: 'viewer' } } }])
    expect(accepted[0]?.seq).toBeUndefined()
  })

  it('takes a function too: one event, several, none; one that throws is counted', () => {
    const { adapter, bring } = createFakeSource()
    const heard = hear(
      map(adapter, (message) => {
        if (message === 'text that is no JSON')
          return [
            { type: 'notice', data: {} },
            { type: 'notice', data: {} },
          ]
        if (message === 1) throw new Error('mine')
        return undefined
      }),
    )
    bring('text that is no JSON')
    bring('null')
    bring(1)
    expect(heard.raw).toHaveLength(2)
    expect(heard.problems.join()).toContain('mine')
  })

  const trim: MapMessage = (message, host) => {
    const { id, text } = message as { id: string; text: string }
    return host({ type: 'notice', id, data: { text: text.trim() } })
  }
  const three = [{ id: '1', text: 'one' }, { id: '2' }, { id: '3', text: 'three' }]

  it('loses one message to a throw, not those that came with it', () => {
    const { adapter, bring } = createFakeSource()
    const heard = hear(map(adapter, trim))
    bring(...three)
    expect(heard.raw).toMatchObject([{ id: '1' }, { id: '3' }])
    expect(heard.problems).toHaveLength(1)
  })

  it('loses one message of a history and of a snapshot to a throw, and tells of it', async () => {
    const { adapter } = createFakeSource({
      history: async () => ({ events: three }),
      snapshot: async () => ({ events: three }),
    })
    const mapped = map(adapter, trim)
    const context = { signal: new AbortController().signal, fetch, locale: 'en' }
    expect(await mapped.snapshot?.(context)).toMatchObject({ events: [{ id: '1' }, { id: '3' }] })
    const heard = hear(mapped)
    expect(heard.problems).toHaveLength(1)
    const page = await mapped.history?.({ epoch: 'mapped', after: 0, limit: 9 }, context)
    expect(page).toMatchObject({ events: [{ id: '1' }, { id: '3' }] })
    expect(heard.problems).toHaveLength(2)
  })

  it('takes nothing from a function that marks nothing', () => {
    const { adapter, bring } = createFakeSource()
    const nothing = undefined as unknown as object
    const heard = hear(map(adapter, (_, host) => host(nothing)))
    bring(1)
    expect(heard).toMatchObject({ raw: [], problems: [] })
  })

  it('maps a snapshot and a history, and leaves the rest of the source as it is', async () => {
    const page = { gone: false, events: ['{"sku":"mug"}'] }
    const { adapter } = createFakeSource({
      actions: ['chat.send'],
      send: async () => ({ ok: true }),
      history: async () => page,
      snapshot: async () => ({ epoch: 'mapped', seq: 1, ...page }),
    })
    const mapped = map(adapter, { type: 'product.pin', id: '$.sku', data: { ids: ['$.sku'] } })
    const context = { signal: new AbortController().signal, fetch, locale: 'en' }
    const pinned = { events: [{ type: 'product.pin', seq: 1, data: { ids: ['mug'] } }] }
    expect(await mapped.history?.({ epoch: 'mapped', after: 0, limit: 9 }, context)).toMatchObject(pinned)
    expect(await mapped.snapshot?.(context)).toMatchObject({ epoch: 'mapped', seq: 1, ...pinned })
    expect(mapped.actions).toEqual(['chat.send'])
    expect(await mapped.send?.({ type: 'chat.send', key: 'k', data: {} }, context)).toEqual({ ok: true })
  })

  it('keeps a sign of life a sign of life', async () => {
    const { adapter, bring } = createFakeSource()
    const heard = hear(map(adapter, { type: 'notice', data: {} }))
    bring()
    await until(() => expect(heard.calls).toContain('life'))
  })
})

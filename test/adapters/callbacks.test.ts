import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { callbacks, callbacksByEvents } from '../../src/adapters/callbacks.ts'
import { createLink, type Link } from '../../src/adapters/link.ts'
import { createServerClock } from '../../src/lib/server-clock.ts'
import type { EventAdapter } from '../../src/model/adapter.ts'
import type { LiveEvent } from '../../src/model/event.ts'
import '../../src/adapters/send-action.ts'
import { createVirtualTime, type VirtualTime } from '../support/virtual-time.ts'

describe('callbacks', () => {
  let time: VirtualTime
  let abort: AbortController
  let told: LiveEvent[]
  let statuses: string[]
  let problems: string[]
  beforeEach(() => {
    time = createVirtualTime()
    abort = new AbortController()
    told = []
    statuses = []
    problems = []
  })
  afterEach(() => abort.abort())

  function link(adapter: EventAdapter): Link {
    return createLink({
      ...{ adapter, fetch, locale: 'en', clock: createServerClock(), signal: abort.signal, environment: time },
      onEvents: (events) => told.push(...events),
      onReset() {
        told = []
      },
      onStatus: (status) => statuses.push(status),
      onProblem: (problem) => problems.push(problem),
    })
  }
  const ids = () => told.map((event) => (event.type === 'product.pin' ? event.data.ids[0] : event.type))
  const pin = (id: string) => ({ type: 'product.pin', data: { ids: [id] } }) as const

  it('hands over what the page pushes, before the player is open and after', async () => {
    const events = callbacks()
    events.push(pin('mug'))
    link(events)
    await time.advance(20)
    events.push([pin('coat'), pin('car')])
    await time.advance(20)
    expect(ids()).toEqual(['mug', 'coat', 'car'])
    expect(told.map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect(problems).toEqual([])
  })

  it('takes whole events and JSON text as they are, and lets a viewer take no place', async () => {
    const events = callbacks()
    link(events)
    await time.advance(20)
    const author = { id: 'v', name: 'V', role: 'viewer' }
    events.push({ v: 1, epoch: 'mine', seq: 1, id: 'e', at: 5, ...pin('mug') } as LiveEvent)
    events.push(JSON.stringify({ v: 1, id: 'c', at: 5, type: 'chat.message', data: { author, text: 'hi' } }))
    events.push({ type: 'chat.message', data: { author, text: 'there' } })
    await time.advance(20)
    expect(told.map(({ epoch }) => epoch)).toEqual(['mine', undefined, undefined])
  })

  it('checks what the page pushes as all other events', async () => {
    const events = callbacks()
    const it = link(events)
    await time.advance(20)
    for (const bad of [null, 7, '{', { type: 'product.pin', data: { ids: 'mug' } }, { type: 'no.such', data: {} }])
      events.push(bad as never)
    events.push(pin('mug'))
    await time.advance(20)
    expect(ids()).toEqual(['mug'])
    expect(it.counts.problems).toBe(5)
  })

  it('keeps what is pushed while the page sleeps, and stays open though the page says nothing', async () => {
    const events = callbacks()
    link(events)
    await time.advance(20)
    time.send('pagehide')
    events.push(pin('mug'))
    time.send('pageshow')
    await time.advance(20)
    expect(ids()).toEqual(['mug'])
    expect(statuses).toEqual(['connecting', 'open'])
  })

  it('ends when the page says so', async () => {
    const events = callbacks()
    link(events)
    await time.advance(20)
    events.push(pin('mug'))
    events.end()
    await time.advance(20)
    expect(statuses.at(-1)).toBe('ended')
    expect(ids()).toEqual(['mug'])
  })

  it('carries actions to the page, and hides them where it takes none', async () => {
    const it = link(callbacks({ send: ({ key }) => ({ ok: true, id: key }) }))
    await time.advance(20)
    expect(await it.send({ type: 'chat.send', key: 'k', data: { text: 'hi' } })).toEqual({ ok: true, id: 'k' })
    expect(callbacks().actions).toBeUndefined()
    expect(callbacks().send).toBeUndefined()
  })

  it('asks a page without modules for its events by an event, anew with each connection', async () => {
    const target = new EventTarget()
    let asked = 0
    target.addEventListener('castcart:push-events', (event) => {
      asked++
      ;(event as CustomEvent).detail.push(pin('mug'))
    })
    link(callbacksByEvents(target))
    await time.advance(20)
    expect(ids()).toEqual(['mug'])
    time.send('pagehide')
    time.send('pageshow')
    await time.advance(20)
    expect(asked).toBe(2)
    expect(ids()).toEqual(['mug', 'mug'])
  })
})

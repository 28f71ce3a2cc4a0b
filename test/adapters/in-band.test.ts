import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inBand } from '../../src/adapters/in-band.ts'
import { createLink } from '../../src/adapters/link.ts'
import { createServerClock } from '../../src/lib/server-clock.ts'
import type { CloseCode, MetadataCues } from '../../src/model/adapter.ts'
import { parseEvent } from '../../src/model/event.ts'
import { until } from '../support/until.ts'
import { createVirtualTime } from '../support/virtual-time.ts'

const pin = (seq: number) => ({
  ...{ v: 1, epoch: 'a', seq, id: `e${seq}`, at: seq, type: 'product.pin', data: { ids: ['mug'] } },
})

/** Cues that a test lets the picture come to. */
function fakeCues() {
  const listeners = new Set<Parameters<MetadataCues['subscribe']>[0]>()
  return {
    cues: {
      subscribe(onCue) {
        listeners.add(onCue)
        return () => listeners.delete(onCue)
      },
    } satisfies MetadataCues,
    reach(data: unknown) {
      for (const listener of listeners) listener({ data, start: 1 })
    },
    listeners,
  }
}

describe('inBand', () => {
  let abort: AbortController
  let raw: unknown[]
  let closed: CloseCode | undefined
  beforeEach(() => {
    abort = new AbortController()
    raw = []
    closed = undefined
  })
  afterEach(() => abort.abort())

  function connect(metadata?: MetadataCues) {
    inBand().connect(
      {
        open() {},
        events: (events) => raw.push(...events),
        newest() {},
        clock() {},
        problem() {},
        closed({ code }) {
          closed = code
        },
      },
      { signal: abort.signal, fetch, locale: 'en', metadata },
    )
  }

  const json = JSON.stringify({ ...pin(1), data: { ids: ['Käse "x"'] } })
  it.each([
    ['a DATERANGE attribute', { key: 'X-CASTCART', data: encodeURIComponent(json) }],
    ['a TXXX frame of ID3', { key: 'TXXX', info: 'castcart', data: `${json}\0` }],
    ['a PRIV frame of ID3', { key: 'PRIV', info: 'castcart', data: new TextEncoder().encode(json).buffer }],
    ['a text cue', json],
  ])('reads %s', (_, data) => {
    const { cues, reach } = fakeCues()
    connect(cues)
    reach(data)
    expect(raw.map((text) => parseEvent(JSON.parse(String(text))))).toMatchObject([
      { ok: true, event: JSON.parse(json) },
    ])
  })

  it.each([
    ['an attribute of somebody else', { key: 'X-ASSET-URI', data: encodeURIComponent(json) }],
    ['a broken encoding', { key: 'X-CASTCART', data: '%7B%E0%A4%A' }],
    ['bytes that are no text', { key: 'PRIV', info: 'com.apple.streaming', data: new Uint8Array([0, 0, 1, 2]).buffer }],
    ['a text that is no JSON', { key: 'TXXX', data: 'hello' }],
    ['nothing', undefined],
    ['a number', 7],
  ])('leaves alone %s', (_, data) => {
    const { cues, reach } = fakeCues()
    connect(cues)
    reach(data)
    expect(raw).toEqual([])
    expect(closed).toBeUndefined()
  })

  it('is refused where there is no picture, and lets go of the cues when its signal aborts', () => {
    connect()
    expect(closed).toBe('denied')
    const { cues, listeners } = fakeCues()
    connect(cues)
    expect(listeners.size).toBe(1)
    abort.abort()
    expect(listeners.size).toBe(0)
  })

  it('loses nothing when the viewer seeks forth and back over cues, and repeats nothing', async () => {
    const time = createVirtualTime()
    const { cues, reach } = fakeCues()
    const seqs: (number | undefined)[] = []
    createLink({
      adapter: inBand(),
      fetch,
      locale: 'en',
      metadata: cues,
      clock: createServerClock(),
      signal: abort.signal,
      environment: time,
      onEvents: (events) => seqs.push(...events.map(({ seq }) => seq)),
      onReset() {},
      onStatus() {},
      onProblem: (problem) => expect(problem).toBe(''),
    })
    await time.advance(0)
    for (const seq of [1, 7, 8, 3, 4, 7, 1, 9]) {
      reach({ key: 'TXXX', data: JSON.stringify(pin(seq)) })
      await time.advance(5000)
    }
    expect(seqs).toEqual([1, 7, 8, 3, 4, 9])
    abort.abort()
    await until(() => expect(time.timers()).toBe(0))
  })
})

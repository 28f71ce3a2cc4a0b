// @vitest-environment happy-dom
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createState } from '../../src/state/create-state.ts'
import { createSession } from '../../src/widget/session.ts'

const ended = new AbortController()
afterEach(() => {
  ended.abort()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('createSession', () => {
  it('reads the show document anew where what it read is older than a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const fetched = vi.fn(async () => new Response(JSON.stringify({ version: 1, id: 's', title: 'T', products: [] })))
    vi.stubGlobal('fetch', fetched)
    const session = createSession({
      stores: createState(),
      options: { show: '/show.json' },
      locale: 'en',
      announcer: { on: () => () => {}, tell: () => {}, ask: () => false },
      host: document.createElement('div'),
      signal: ended.signal,
    })
    session.preload()
    vi.setSystemTime(Date.now() + 59_000)
    session.preload()
    expect(fetched).toHaveBeenCalledTimes(1)
    vi.setSystemTime(Date.now() + 2_000)
    session.preload()
    expect(fetched).toHaveBeenCalledTimes(2)
  })

  it('tells with every event where, how and through whom it happened', async () => {
    const show = { version: 1, id: 'friday', title: 'T', host: { id: 'mira', name: 'Mira' }, products: [] }
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify(show)))
    const stores = createState()
    const end = new AbortController()
    onTestFinished(() => end.abort())
    const session = createSession({
      ...{ stores, options: { show: '/show.json', partner: 'anna' }, locale: 'en' },
      announcer: { on: () => () => {}, tell: () => {}, ask: () => false },
      ...{ host: document.createElement('div'), signal: end.signal },
    })
    expect(session.moment()).toMatchObject({ mode: 'live', partner: 'anna', preview: true, position: undefined })
    session.start()
    await expect.poll(() => session.moment(), { timeout: 10_000 }).toMatchObject({ showId: 'friday', hostId: 'mira' })
    session.act()
    stores.$status.set('replay')
    stores.$playback.set({ ...stores.$playback.get(), started: true, position: 12.5, muted: false })
    expect(session.moment()).toMatchObject({
      ...{ showId: 'friday', mode: 'replay', position: 12.5, muted: false, preview: false },
      ...{ partner: 'anna', hostId: 'mira' },
    })
    expect(session.moment().eventId).not.toBe(session.moment().eventId)
  })
})

// @vitest-environment happy-dom
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { type Consent, FULL_CONSENT, NO_CONSENT } from '../../src/model/consent.ts'
import type { Options } from '../../src/model/options.ts'
import { createState } from '../../src/state/create-state.ts'
import { createSession } from '../../src/widget/session.ts'
import { showTwoPlatforms } from '../support/show-two-platforms.ts'

const ended = new AbortController()
afterEach(() => {
  ended.abort()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Opens a widget of these options until its show runs, and closes it, twice; the widget itself ends with the test. */
async function openTwice(options: Options): Promise<void> {
  const stores = createState()
  const end = new AbortController()
  onTestFinished(() => end.abort())
  const session = createSession({
    ...{ stores, options, locale: 'en' },
    announcer: { on: () => () => {}, tell: () => {}, ask: () => false },
    ...{ host: document.createElement('div'), signal: end.signal },
  })
  for (const _ of [1, 2]) {
    stores.$view.set('full')
    session.start()
    await expect.poll(() => session.now(), { timeout: 10_000 }).not.toBeNull()
    stores.$view.set('closed')
  }
}

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

  it('deletes what it kept when consent is withdrawn after the player was closed, and keeps one eye on it however often it opens', async () => {
    const show = { version: 1 as const, id: 'friday', title: 'T', products: [] }
    let change: (consent: Consent) => void = () => {}
    const consent = vi.fn((tell: typeof change) => {
      change = tell
      tell(FULL_CONSENT)
    })
    await openTwice({ show, cart: 'links', consent })
    expect(consent).toHaveBeenCalledTimes(1)
    expect(localStorage.getItem('castcart:friday')).toContain('guest')
    change(NO_CONSENT)
    expect(localStorage.length).toBe(0)
  })

  it('tells the developer once that the page shows two platforms, however often it opens', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
    onTestFinished(() => warned.mockRestore())
    showTwoPlatforms()
    await openTwice({ show: { version: 1, id: 's', title: 'T', products: [] } })
    const told = warned.mock.calls.filter(([words]) => `${words}`.includes('auto took'))
    expect(told).toHaveLength(1)
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

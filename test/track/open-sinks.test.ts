// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Consent, FULL_CONSENT, NO_CONSENT } from '../../src/model/consent.ts'
import type { EventMoment, TrackSink } from '../../src/model/track.ts'
import { openSinks } from '../../src/track/open-sinks.ts'

let told = 0
const now = (): EventMoment => ({ eventId: `e${told++}`, showId: 's', mode: 'live', muted: true, preview: false })
const page = globalThis as Record<string, unknown>

function sink(needs: TrackSink['needs']): TrackSink & { readonly told: string[] } {
  const told: string[] = []
  return { name: `${needs}`, needs, told, track: (name) => void told.push(name) }
}

afterEach(() => {
  vi.restoreAllMocks()
  page.dataLayer = page.Shopify = undefined
})

describe('openSinks', () => {
  it('tells each sink only while the consent that it needs is given, and nothing later', async () => {
    const [own, analytics, marketing] = [sink(undefined), sink('analytics'), sink('marketing')]
    let change: (consent: Consent) => void = () => {}
    const tell = await openSinks(
      {
        track: [own, analytics, marketing],
        consent: (next) => {
          change = next
        },
      },
      new AbortController().signal,
    )
    tell('player-opened', now())
    change({ ...NO_CONSENT, analytics: true })
    tell('video-started', now())
    change(FULL_CONSENT)
    tell('message-sent', now())
    change(NO_CONSENT)
    tell('player-closed', now())
    await expect.poll(() => own.told).toEqual(['player-opened', 'video-started', 'message-sent', 'player-closed'])
    expect(analytics.told).toEqual(['video-started', 'message-sent'])
    expect(marketing.told).toEqual(['message-sent'])
  })

  it('tells nobody without consent, the absence of the option included', async () => {
    const analytics = sink('analytics')
    for (const consent of [undefined, 'none' as const]) {
      const tell = await openSinks({ track: [analytics], consent }, new AbortController().signal)
      tell('player-opened', now())
    }
    const tell = await openSinks({ track: [analytics], consent: 'granted' }, new AbortController().signal)
    tell('player-closed', now())
    await expect.poll(() => analytics.told).toEqual(['player-closed'])
  })

  it('loads sinks by name, and says which name is none', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const tell = await openSinks(
      { track: 'ga4, meta metrica facebook', consent: 'granted' },
      new AbortController().signal,
    )
    tell('video-started', now())
    await expect.poll(() => page.dataLayer).toMatchObject([{ event: 'video_start' }])
    expect(log.mock.calls).toEqual([['[castcart] bad-options: track: found "facebook", expected ga4, meta or metrica']])
  })

  it("has Shopify's API loaded, and reads what was answered on an earlier page", async () => {
    const analytics = sink('analytics')
    let loaded: (error?: unknown) => void = () => {}
    const loadFeatures = vi.fn((_: unknown, then: typeof loaded) => {
      loaded = then
    })
    page.Shopify = { loadFeatures }
    const tell = await openSinks({ track: [analytics], consent: 'shopify' }, new AbortController().signal)
    expect(loadFeatures.mock.calls[0]?.[0]).toEqual([{ name: 'consent-tracking-api', version: '0.1' }])
    tell('player-opened', now())
    page.Shopify = { loadFeatures, customerPrivacy: { analyticsProcessingAllowed: () => true } }
    loaded(new Error('blocked'))
    tell('player-minimised', now())
    loaded()
    tell('video-started', now())
    await expect.poll(() => analytics.told).toEqual(['video-started'])
  })

  it("follows Shopify's banner, which may come later, and its withdrawal", async () => {
    const analytics = sink('analytics')
    const signal = new AbortController()
    const tell = await openSinks({ track: [analytics], consent: 'shopify' }, signal.signal)
    tell('player-opened', now())
    let allowed = true
    page.Shopify = { customerPrivacy: { analyticsProcessingAllowed: () => allowed } }
    document.dispatchEvent(new Event('visitorConsentCollected'))
    tell('video-started', now())
    allowed = false
    document.dispatchEvent(new Event('visitorConsentCollected'))
    tell('message-sent', now())
    allowed = true
    signal.abort()
    document.dispatchEvent(new Event('visitorConsentCollected'))
    tell('player-closed', now())
    await expect.poll(() => analytics.told).toEqual(['video-started'])
  })

  it('takes a consent that is none for a withdrawal, and throws nothing into the page', async () => {
    const analytics = sink('analytics')
    let change: (consent: Consent) => void = () => {}
    const consent = (next: typeof change) => {
      change = next
    }
    const tell = await openSinks({ track: [analytics], consent }, new AbortController().signal)
    change(FULL_CONSENT)
    tell('player-opened', now())
    expect(() => Reflect.apply(change, undefined, [null])).not.toThrow()
    tell('video-started', now())
    await expect.poll(() => analytics.told).toEqual(['player-opened'])
  })

  it('counts a consent source that throws as none', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const [own, analytics] = [sink(undefined), sink('analytics')]
    const consent = () => {
      throw new Error('mine')
    }
    const tell = await openSinks({ track: [own, analytics], consent }, new AbortController().signal)
    tell('player-opened', now())
    await expect.poll(() => own.told).toEqual(['player-opened'])
    expect(analytics.told).toEqual([])
    expect(log).toHaveBeenCalledOnce()
  })
})

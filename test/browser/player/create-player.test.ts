import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { describeInChromium } from '../../support/chromium.ts'
import type { LiveServer } from './live-server.ts'
import { openPage, startPlayerServer, waitForPhase } from './open-page.ts'

const LIVE = '/plain/live.m3u8'

describeInChromium('createPlayer', (browser) => {
  let server: LiveServer
  let page: Page

  beforeAll(async () => {
    server = await startPlayerServer()
  }, 60_000)
  afterAll(() => server.close())
  beforeEach(() => {
    server.refuse = () => undefined
    server.bend = (_, bytes) => bytes
    server.headers = {}
    server.frozen = false
    server.window = 10
    server.asked.length = 0
  })
  afterEach(async () => {
    expect(await page.evaluate(() => window.failures)).toEqual([])
    await page.context().close()
  })

  const open = async (options?: Parameters<typeof openPage>[2]) => {
    page = await openPage(browser(), server, options)
  }
  const start = (path: string, source: Record<string, unknown> = {}, options: Record<string, unknown> = {}) =>
    page.evaluate(([to, more, rest]) => window.page.start({ src: new URL(to, location.href).href, ...more }, rest), [
      path,
      source,
      options,
    ] as const)
  const playback = () => page.evaluate(() => window.page.playback)
  const pictureTime = () => page.evaluate(() => window.page.player.pictureTime() ?? 0)

  describe('autoplay', () => {
    it('starts muted without a gesture', async () => {
      await open({ path: `/?src=${LIVE}` })
      await waitForPhase(page, 'playing')
      expect(await playback()).toMatchObject({ muted: true, soundChosen: false, live: true, started: true })
    })

    it('falls back to muted where sound is refused', async () => {
      // Whatever a test evaluates counts as a gesture of the viewer's: here the page tells by itself.
      await open({
        path: `/?src=${LIVE}&sound&quiet`,
        init: () => setInterval(() => window.page?.playback?.phase === 'playing' && console.log('it plays'), 50),
      })
      await page.waitForEvent('console', (message) => message.text() === 'it plays')
      expect(await playback()).toMatchObject({ muted: true, soundChosen: false })
    })

    it('asks for a tap where everything is refused, and plays on it', async () => {
      await open({
        path: `/?src=${LIVE}`,
        init: () => {
          const { play } = HTMLMediaElement.prototype
          HTMLMediaElement.prototype.play = function () {
            return document.title === 'tapped'
              ? play.call(this)
              : Promise.reject(new DOMException('no', 'NotAllowedError'))
          }
        },
      })
      await waitForPhase(page, 'blocked')
      await page.evaluate(() => {
        document.title = 'tapped'
        window.page.player.play()
      })
      await waitForPhase(page, 'playing')
    })

    it('goes on muted where unmuting without a gesture is refused', async () => {
      await open({
        path: `/?src=${LIVE}&quiet`,
        init: () => {
          let from = 0
          const timer = setInterval(() => {
            const last = 'page' in window ? window.page.history.at(-1) : undefined
            if (last?.phase !== 'playing') return
            if (from === 0) {
              from = last.position
              window.page.player.setMuted(false)
            } else if (last.position > from + 1) {
              clearInterval(timer)
              console.info('moved on')
            }
          }, 50)
        },
      })
      await page.waitForEvent('console', (message) => message.text() === 'moved on')
      expect(await playback()).toMatchObject({ phase: 'playing', muted: true, soundChosen: false })
    })

    it('unmutes on a gesture', async () => {
      await open()
      await start(LIVE)
      await waitForPhase(page, 'playing')
      await page.evaluate(() => window.page.player.setMuted(false))
      await page.waitForFunction(() => window.page.playback.soundChosen)
      const position = (await playback()).position
      await page.waitForFunction((before) => window.page.playback.position > before + 1, position)
      expect(await playback()).toMatchObject({ phase: 'playing', muted: false })
    })
  })

  describe('while live', () => {
    it('seeks back, says that it is not live, and goes live again', async () => {
      await open()
      await start(LIVE)
      await waitForPhase(page, 'playing')
      expect((await playback()).duration).toBe(Number.POSITIVE_INFINITY)
      server.window = 20
      const before = await pictureTime()
      await page.evaluate(() => window.page.player.seek(window.page.playback.seekable[0] + 1))
      await page.waitForFunction(() => !window.page.playback.atLiveEdge && window.page.playback.phase === 'playing')
      expect(await pictureTime()).toBeLessThan(before - 5000)
      await page.evaluate(() => window.page.player.goLive())
      await page.waitForFunction(() => window.page.playback.atLiveEdge && window.page.playback.phase === 'playing')
      expect(await pictureTime()).toBeGreaterThan(before)
    })

    it('begins where another page left off, within a second', async () => {
      await open()
      const asked = Date.now() - 9000
      await start(LIVE, {}, { start: { date: asked } })
      await page.waitForFunction(() => window.page.playback.started)
      expect(Math.abs((await pictureTime()) - asked)).toBeLessThan(1000)
    })

    it('loads the media at the wanted date first, and nothing for nothing', async () => {
      await open()
      const asked = Date.now() - 14_000
      await start(LIVE, {}, { start: { date: asked } })
      await waitForPhase(page, 'playing')
      const first = server.asked.find((path) => path.endsWith('.m4s'))
      expect(first).toBe(`/plain/live/${Math.floor((asked - server.startedAt) / 2000)}.m4s`)
    })
  })

  describe('faults', () => {
    it('says not-found and plays once the stream is there', async () => {
      server.refuse = (path) => (path.endsWith('.m3u8') ? 404 : undefined)
      await open()
      await start(LIVE)
      await waitForPhase(page, 'away')
      expect((await playback()).trouble).toBe('not-found')
      server.refuse = () => undefined
      await waitForPhase(page, 'playing')
      expect((await playback()).trouble).toBeUndefined()
    })

    it('goes on at the same moment with a fresh address when the old one expired', async () => {
      await open()
      await start(`${LIVE}?token=1`)
      await page.evaluate(() => {
        window.page.fresh = `${location.origin}/plain/live.m3u8?token=2`
      })
      await waitForPhase(page, 'playing')
      const [before, at] = [await pictureTime(), Date.now()]
      server.refuse = (path) => (path.includes('token=1') ? 403 : undefined)
      await page.waitForFunction(() => window.page.freshAsked > 0)
      await waitForPhase(page, 'playing')
      const drift = (await pictureTime()) - before - (Date.now() - at)
      expect(Math.abs(drift)).toBeLessThan(1500)
      expect(await page.evaluate(() => window.page.freshAsked)).toBe(1)
    })

    it('plays through two refused segments without a word', async () => {
      let refused = 0
      server.refuse = (path) => (path.endsWith('.m4s') && refused++ < 2 ? 503 : undefined)
      await open()
      await start(LIVE)
      await waitForPhase(page, 'playing')
      expect((await page.evaluate(() => window.page.history)).some(({ phase }) => phase === 'away')).toBe(false)
    })

    it('notices a frozen playlist and is at the edge again when it moves', async () => {
      await open()
      await start(LIVE)
      await waitForPhase(page, 'playing')
      server.frozen = true
      await waitForPhase(page, 'away', 30_000)
      expect((await playback()).trouble).toBe('network')
      server.frozen = false
      await page.waitForFunction(() => window.page.playback.phase === 'playing' && window.page.playback.atLiveEdge)
    }, 60_000)

    it('plays on after a corrupt segment', async () => {
      let bent = 0
      server.bend = (_, bytes) => (++bent === 3 ? Buffer.from(bytes).fill(7, 700) : bytes)
      await open()
      await start(LIVE)
      await page.waitForFunction(() => window.page.playback.started)
      await page.waitForFunction(
        (now) => window.page.playback.phase === 'playing' && (window.page.player.pictureTime() ?? 0) > now,
        Date.now() + 4000,
        { timeout: 30_000 },
      )
    }, 45_000)

    it('goes on after the network was away', async () => {
      await open()
      await start(LIVE)
      await waitForPhase(page, 'playing')
      await page.context().setOffline(true)
      await waitForPhase(page, 'away', 40_000)
      const back = Date.now()
      await page.context().setOffline(false)
      await page.waitForFunction(() => window.page.playback.phase === 'playing' && window.page.playback.atLiveEdge)
      expect(Date.now() - back).toBeLessThan(8000)
    }, 90_000)

    it('says that the engine is missing, and gets it on retry', async () => {
      server.refuse = (path) => (path.includes('hls.light') ? 404 : undefined)
      await open()
      await start(LIVE)
      await waitForPhase(page, 'away')
      expect((await playback()).trouble).toBe('engine')
      server.refuse = () => undefined
      await page.evaluate(() => window.page.player.retry())
      await waitForPhase(page, 'playing')
    })
  })

  describe('without Media Source Extensions', () => {
    const hide = () => {
      for (const name of ['MediaSource', 'ManagedMediaSource', 'WebKitMediaSource'])
        Reflect.deleteProperty(window, name)
    }

    it('plays HLS by the browser itself', async () => {
      await open({ init: hide })
      await start('/plain/vod.m3u8', { live: false })
      await waitForPhase(page, 'playing')
      expect(server.asked.some((path) => path.includes('hls.light'))).toBe(false)
    })

    it('tells a missing recording from an unknown format', async () => {
      await open({ init: hide })
      await start('/plain/none.mp4', { live: false })
      await waitForPhase(page, 'away')
      expect((await playback()).trouble).toBe('not-found')
    })

    it('fails where the browser cannot play HLS at all', async () => {
      await open({
        init: () => {
          for (const name of ['MediaSource', 'ManagedMediaSource', 'WebKitMediaSource'])
            Reflect.deleteProperty(window, name)
          HTMLMediaElement.prototype.canPlayType = () => ''
        },
      })
      await start(LIVE)
      await waitForPhase(page, 'failed')
      expect((await playback()).trouble).toBe('unsupported')
    })
  })

  describe('captions', () => {
    it('shows a file beside the video on demand', async () => {
      await open()
      await page.route('**/en.vtt', (route) =>
        route.fulfill({ contentType: 'text/vtt', body: 'WEBVTT\n\n00:00.000 --> 00:15.000\n<img src=x>Hello' }),
      )
      await start('/plain/vod.m3u8', {
        live: false,
        captions: [{ src: `${server.origin}/en.vtt`, lang: 'en', label: 'English' }],
      })
      await page.waitForFunction(() => window.page.playback.captions === 'off')
      await page.evaluate(() => window.page.player.setCaptions(true))
      await page.waitForFunction(() => window.page.playback.captions === 'on')
      await waitForPhase(page, 'playing')
      const mode = await page.evaluate(() => document.querySelector('video')?.textTracks[0]?.mode)
      expect(mode).toBe('showing')
    })

    it('says none where the file is missing', async () => {
      await open()
      await start('/plain/vod.m3u8', {
        live: false,
        captions: [{ src: `${server.origin}/none.vtt`, lang: 'en', label: 'English' }],
      })
      await waitForPhase(page, 'playing')
      expect((await playback()).captions).toBe('none')
    })
  })

  it('plays under a strict policy with Trusted Types, and violates nothing', async () => {
    server.headers = {
      'content-security-policy':
        "default-src 'none'; script-src 'self' 'unsafe-inline'; connect-src 'self'; media-src blob: 'self'; img-src data:; require-trusted-types-for 'script'",
    }
    await open()
    await start(LIVE)
    await waitForPhase(page, 'playing')
  })

  it('leaves nothing behind after the signal', async () => {
    await open()
    await start(LIVE)
    await waitForPhase(page, 'playing')
    const state = await page.evaluate(async () => {
      const video = document.querySelector('video')
      window.page.stop()
      const [frames, said] = [window.page.frames, window.page.history.length]
      window.page.player.play()
      window.page.player.retry()
      window.page.player.goLive()
      await new Promise<void>((resolve) => {
        const ended = performance.now() + 1500
        const look = () => (performance.now() > ended ? resolve() : requestAnimationFrame(look))
        look()
      })
      return [
        window.page.frames - frames,
        window.page.history.length - said,
        video?.src,
        video?.paused,
        video?.readyState,
      ]
    })
    expect(state).toEqual([0, 0, '', true, 0])
  })

  it('asks for hls.js on intent and for nothing before', async () => {
    await open()
    expect(server.asked.filter((path) => path.endsWith('.js'))).toEqual(['/entry.js'])
    await page.evaluate(() =>
      window.page.preload({ src: `${location.origin}/plain/live.m3u8`, clockOffset: 0, live: true }),
    )
    await expect.poll(() => server.asked.some((path) => path.includes('hls.light')), { timeout: 10_000 }).toBe(true)
    expect(server.asked.some((path) => path.endsWith('.m4s'))).toBe(false)
  })
})

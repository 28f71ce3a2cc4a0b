import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sirv from 'sirv'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Demo } from '../../examples/live-shop/server/start-demo.mjs'
import { host, startWholeDemo } from '../support/demo.ts'
import { hasFirefox, openFirefox } from '../support/firefox-tab.ts'
import { page, type StorePages, startStorePages, tag } from '../support/store-page.ts'
import { SLOW, type Tab } from '../support/tab.ts'
import { hasWebKit, openWebKit } from '../support/webkit-tab.ts'

const PACKAGES = 'firefox-esr webkit2gtk-driver xvfb gstreamer1.0-libav gstreamer1.0-plugins-bad'
if (!hasFirefox || !hasWebKit)
  console.warn(`Not every browser is here, what needs one is skipped. To run all: apt-get install -y ${PACKAGES}`)

/** What a store of the widget holds, by a dotted path into it. */
const READ = `const api = await window.castcart.ready; const [name, path] = args; const value = api.widgets()[0].state[name].get(); return path ? value?.[path] ?? null : value ?? null`
const SOURCE = `return document.querySelector('castcart-widget').shadowRoot.querySelector('video').src`
const TEXT = `return document.querySelector('castcart-widget').shadowRoot.querySelector(args[0])?.textContent ?? null`

const MEDIA = fileURLToPath(new URL('../../examples/live-shop/media/', import.meta.url))

/** A server with one ordinary media file, `/show.mp4`: GStreamer stalls on the fragments of the committed one. */
async function startFileServer() {
  const folder = await mkdtemp(join(tmpdir(), 'castcart-file-'))
  const copy = ['-v', 'error', '-i', join(MEDIA, 'v640.mp4'), '-c', 'copy', '-movflags', '+faststart']
  execFileSync('ffmpeg', [...copy, join(folder, 'show.mp4')])
  const server = createServer(sirv(folder))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/show.mp4`,
    async close() {
      server.close()
      server.closeAllConnections()
      await rm(folder, { recursive: true })
    },
  }
}

describe.each([
  ['Firefox', hasFirefox, openFirefox],
  ['WebKit', hasWebKit, openWebKit],
] as const)('the demo in %s', (name, isHere, open) => {
  describe.skipIf(!isHere)('', () => {
    let demo: Demo
    let pages: StorePages
    let tab: Tab
    beforeAll(async () => {
      demo = await startWholeDemo()
      pages = await startStorePages(demo.replay)
      tab = await open()
      console.log(tab.browser)
    })
    afterAll(async () => {
      await tab?.close()
      await pages?.close()
      await demo?.stop()
    })

    const read = <T>(store: string, path?: string) => tab.run<T>(READ, store, path ?? null)
    const until = <T>(look: () => Promise<T>) => expect.poll(look, SLOW)
    const keep = async (state: string) => {
      // A picture is of what was drawn some frames ago.
      await tab.run(`for (let frame = 0; frame < 6; frame++) await new Promise(requestAnimationFrame)`)
      await mkdir('shots', { recursive: true })
      await writeFile(`shots/${name.toLowerCase()}-${state}.png`, await tab.shot())
    }
    const watch = async (address: string) => {
      await tab.goto(address)
      await tab.click('button')
      await until(() => read('$playback', 'phase')).toBe('playing')
      const position = await read<number>('$playback', 'position')
      await until(() => read<number>('$playback', 'position')).toBeGreaterThan(position + 0.5)
    }

    it('plays the live show with hls.js, begun without sound, at the live edge', async () => {
      await watch(demo.store)
      expect(await read('$playback', 'live')).toBe(true)
      // WebKitGTK lifts the muting by itself on a machine without a sound device.
      if (name === 'Firefox') expect(await read('$playback')).toMatchObject({ muted: true, soundChosen: false })
      await until(() => read('$playback', 'atLiveEdge')).toBe(true)
      await until(() => read('$connection')).toBe('open')
      await keep('live')
    })

    it('shows what the host pins, and opens an offer', async () => {
      await host(demo, 'pin', { ids: ['coffee'] })
      await until(() => tab.run(TEXT, '[part=card]')).toContain('from €11.50')
      await host(demo, 'open-offer', { title: 'Roast hour', percentOff: 10, seconds: 600, productIds: ['coffee'] })
      await until(() => tab.run(TEXT, '[part=offer]')).toContain('Roast hour')
      await until(() => tab.run(TEXT, '[part=card]')).toContain('€10.35')
      await keep('offer')
    })

    it('puts the product in the store’s own cart', async () => {
      await tab.click('[part=card] .button')
      await tab.click('[part=sheet] label')
      await keep('sheet')
      await tab.click('[part=sheet] .buy .button')
      await until(() => read('$cart', 'quantity')).toBe(1)
      await until(() => tab.run(`return document.querySelector('#cart-badge').textContent`)).toBe('1')
      await tab.click('[part=sheet] .sheet-head button')
      await until(() => tab.run(TEXT, '[part=sheet]')).toBe(null)
    })

    it('chats with the desk', async () => {
      await tab.type('[part=composer] [name=message]', `hello from ${name}`)
      await tab.click('[part=composer] [type=submit], [part=composer] .send')
      if (await tab.run(TEXT, '[part=composer] fieldset')) {
        await tab.type('[part=composer] [name=nickname]', name)
        await tab.click('[part=composer] fieldset .button')
      }
      await until(async () => demo.show.events.some(({ data }) => data.text === `hello from ${name}`)).toBe(true)
      await host(demo, 'say', { text: `Good evening, ${name}` })
      await until(() => tab.run(TEXT, '[part=chat]')).toContain(`Good evening, ${name}`)
      await keep('chat')
    })

    it('goes on small, and across a full page load', async () => {
      await tab.click('[part=player] .top > .icon-button:nth-last-of-type(2)')
      await until(() => read('$view')).toBe('mini')
      await keep('mini')
      await tab.goto(new URL('cart', demo.store).href)
      await until(() => read('$view')).toBe('mini')
      await until(() => read('$playback', 'phase')).toBe('playing')
      await until(() => read('$cart', 'quantity')).toBe(1)
    })

    it('plays a media file by the browser itself, with cards by its start date', async () => {
      const file = await startFileServer()
      onTestFinished(file.close)
      const show = await (await fetch(new URL('/shows/replay.json', demo.replay))).json()
      const events = { ...show.events, url: '/shows/replay.events.jsonl' }
      const video = { ...show.video, src: file.address, startDate: show.startsAt }
      pages.answers['/'] = page(tag({ 'data-show': '/file.json', 'data-cart': 'links' }))
      pages.answers['/file.json'] = JSON.stringify({ ...show, video, events })
      await watch(`${pages.origin}/`)
      expect(await tab.run(SOURCE)).toBe(file.address)
      await until(() => tab.run(TEXT, '[part=card]')).toContain('Now showing')
      await keep('file')
    })
  })
})

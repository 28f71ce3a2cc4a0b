import { expect, it } from 'vitest'
import { describeInChromium } from '../support/chromium.ts'
import { host } from '../support/demo.ts'
import { page, tag } from '../support/store-page.ts'
import { useStorePages } from '../support/use-store-pages.ts'
import {
  launcherOf,
  newViewer,
  openPlayer,
  openSheet,
  PATIENCE,
  playerOf,
  say,
  whenConnected,
  whenPlaying,
} from '../support/viewer.ts'

/** What pages do to the browser's own objects, before any other script runs. */
const HARM: Record<string, string> = {
  'an enumerable property on Object.prototype': `Object.prototype.extra = function () {}`,
  'value and writable on Object.prototype': `Object.prototype.custom = 1; Object.prototype.title = 'x'`,
  'enumerable extras on Array.prototype': `Array.prototype.last = function () { return this[this.length - 1] }; Array.prototype.remove = function () {}`,
  'toJSON of Prototype.js': `
    const quoted = (value) => '"' + value + '"'
    Array.prototype.toJSON = function () { return '[' + this.map(quoted).join(', ') + ']' }
    String.prototype.toJSON = function () { return quoted(this) }
    Object.prototype.toJSON = undefined; delete Object.prototype.toJSON`,
  'storage that throws': `for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError') } })`,
  'an AMD loader and CommonJS globals': `window.define = Object.assign(() => { throw new Error('mismatched anonymous define()') }, { amd: {} }); window.module = { exports: {} }; window.exports = window.module.exports; window.require = () => { throw new Error('no') }; window.process = undefined`,
  'a patched fetch': `const real = window.fetch; window.fetch = function (...given) { window.fetched = (window.fetched ?? 0) + 1; return real.apply(window, given).then((answer) => answer) }`,
  'a fetch that must be called on window': `const real = window.fetch; window.fetch = function (...given) { if (this !== window && this !== undefined) throw new TypeError('Illegal invocation'); return real.apply(window, given) }`,
  'older helpers over those of the language': `Array.from = ((from) => function (list, ...rest) { return from.call(Array, list, ...rest) })(Array.from); Function.prototype.bind = function (self, ...first) { const fn = this; return function (...rest) { return fn.apply(self, [...first, ...rest]) } }`,
}

describeInChromium('a page that harms what everyone uses', (browser) => {
  const store = useStorePages()

  const arrive = async (body: string, harm = '') => {
    store.pages.answers = {
      '/': page(body, '<script src="/harm.js"></script>'),
      '/harm.js': { headers: { 'content-type': 'text/javascript' }, body: `{${harm}}` },
    }
    const viewer = await newViewer(browser())
    await viewer.page.goto(store.pages.origin)
    return viewer
  }

  it.each(Object.entries(HARM))('plays and chats in spite of %s', async (name, harm) => {
    const viewer = await arrive(tag(), harm)
    const words = `Hello in spite of ${name}`.slice(0, 100)
    await openPlayer(viewer.page)
    await whenPlaying(viewer.page)
    await whenConnected(viewer.page)
    await say(viewer.page, words)
    await playerOf(viewer.page).locator('[part=chat]').getByText(words).first().waitFor(PATIENCE)
    await expect.poll(() => store.demo.show.events.filter(({ data }) => data.text === words).length, PATIENCE).toBe(1)
    await viewer.page.locator('#own').evaluate((button) => (button as HTMLElement).click())
    expect([viewer.errors, viewer.said]).toEqual([[], []])
    await viewer.close()
  })

  it('puts a whole line into the cart where arrays say something else of themselves', async () => {
    store.pages.answers = {}
    await host(store.demo, 'pin', { ids: ['mug'] })
    const viewer = await newViewer(browser())
    await viewer.page.addInitScript(`{${HARM['toJSON of Prototype.js']}}`)
    await viewer.page.goto(`${store.pages.origin}/`)
    await openPlayer(viewer.page)
    const sheet = await openSheet(viewer.page, 'mug')
    const [sent] = await Promise.all([
      viewer.page.waitForRequest(/cart\/add\.js/),
      sheet.getByRole('button', { name: /^Add/ }).click(),
    ])
    expect(JSON.parse(sent.postData() ?? '')).toMatchObject({ items: [{ id: expect.any(Number), quantity: 1 }] })
    expect(viewer.errors).toEqual([])
    await viewer.close()
  })

  it('stays away with one warning where nothing can work: get on Object.prototype', async () => {
    const viewer = await arrive(tag(), 'Object.prototype.get = function () { return 1 }')
    await expect.poll(() => viewer.said.length, PATIENCE).toBe(1)
    await viewer.page.locator('#own').click()
    expect(await viewer.page.locator('castcart-widget').count()).toBe(0)
    expect(viewer.errors).toEqual([])
    await viewer.close()
  })

  it.each([
    ['a form named currentScript', '<form name="currentScript"></form>'],
    [
      'forms named like what the document has',
      '<form name="body"></form><form name="documentElement"></form><img name="head">',
    ],
    ['elements whose ids are our names', '<div id="castcart"></div><form id="Castcart"><input name="dataset"></form>'],
  ])('plays past %s', async (_, markup) => {
    const viewer = await arrive(markup + tag())
    await launcherOf(viewer.page).click()
    await whenPlaying(viewer.page)
    expect([viewer.errors, viewer.said]).toEqual([[], []])
    await viewer.close()
  })
})

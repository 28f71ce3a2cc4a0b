import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { describeInChromium } from '../support/chromium.ts'

const TAG = '<script src="/castcart.js" data-show="/show.json"></script>'
const STRICT =
  "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; media-src 'self' blob:; require-trusted-types-for 'script'; trusted-types 'none'"

const show = readFileSync('test/support/normative/show.json', 'utf8')
let pages: Record<string, { html: string; head?: string; charset?: string; csp?: string }> = {}

/** A shop that has the built files and the pages of the test at hand. */
function startShop(): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://shop').pathname
    const page = pages[path]
    if (page) {
      const csp = page.csp ? { 'content-security-policy': page.csp } : {}
      response.writeHead(200, { 'content-type': `text/html; charset=${page.charset ?? 'utf-8'}`, ...csp })
      response.end(
        `<!doctype html><html lang="en"><head>${page.head ?? ''}</head><body><h1>Shop</h1>${page.html}</body></html>`,
      )
    } else if (path === '/show.json') response.writeHead(200, { 'content-type': 'application/json' }).end(show)
    else {
      try {
        const file = readFileSync(join('dist', path))
        // No charset, as many hosts have it: a classic script is read in its page's.
        response.writeHead(200, { 'content-type': 'text/javascript' }).end(file)
      } catch {
        response.writeHead(404).end()
      }
    }
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

describeInChromium('the loader', (browser) => {
  let server: Server
  let context: BrowserContext
  let page: Page
  let requests: string[]
  let errors: string[]
  let said: string[]
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  beforeAll(async () => {
    server = await startShop()
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    context = await browser().newContext()
    page = await context.newPage()
    requests = []
    errors = []
    said = []
    page.on('request', (request) => requests.push(new URL(request.url()).pathname))
    page.on('pageerror', (error) => errors.push(String(error)))
    page.on('console', (message) => message.text().startsWith('[castcart]') && said.push(message.text()))
  })
  afterEach(async () => {
    expect(errors).toEqual([])
    await context.close()
  })

  const open = async (html: string, csp?: string) => {
    pages = { '/': csp ? { html, csp } : { html } }
    await page.goto(origin(), { waitUntil: 'load' })
  }
  const launcher = () => page.locator('castcart-widget [part=launcher]').first()
  const isApp = (path: string) => /^\/app\/app-/.test(path)
  const view = () => page.evaluate(() => document.querySelector<HTMLElement>('castcart-widget')?.dataset.view)

  it('opens by itself from a head that waits for it, before there is a body', async () => {
    const html = '<script src="/castcart.all.js" data-show="/show.json" data-open="load"></script>'
    pages = { '/': { html: '', head: html } }
    await page.goto(origin(), { waitUntil: 'load' })
    await page.locator('castcart-widget dialog[open]').waitFor()
    expect(said.filter((line) => line.includes('broken'))).toEqual([])
  })

  it.each(['src="/castcart.js"', 'src="/castcart.all.js"'])(
    'is read as it was written in a page of an old charset: %s',
    async (attributes) => {
      const html = `<script ${attributes} data-show="/show.json" data-locale="ru"></script>`
      pages = { '/': { html, charset: 'windows-1251' } }
      await page.goto(origin(), { waitUntil: 'load' })
      await expect.poll(() => launcher().textContent()).toContain('Смотреть')
      await launcher().click()
      await expect.poll(view).toBe('full')
    },
  )

  it('asks for nothing but itself, stores nothing and moves nothing until the viewer shows interest', async () => {
    await open(TAG)
    expect(await launcher().textContent()).toBe('Watch & shop')
    expect(requests.filter((path) => path !== '/favicon.ico')).toEqual(['/', '/castcart.js'])
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([0, 0, ''])
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value
          }).observe({ type: 'layout-shift', buffered: true })
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)))
        }),
    )
    expect(shift).toBe(0)
    const box = await launcher().boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(44)
    expect(box?.width).toBeGreaterThanOrEqual(44)
  })

  it('loads the app when the pointer comes near, and opens at a click', async () => {
    await open(TAG)
    const app = page.waitForRequest((request) => isApp(new URL(request.url()).pathname))
    await launcher().hover()
    await app
    await launcher().click()
    await expect.poll(view).toBe('full')
    expect(requests.filter(isApp)).toHaveLength(1)
  })

  it('loads the app when the keyboard comes to the launcher, keeps its focus, and opens at Enter', async () => {
    await open(TAG)
    const app = page.waitForResponse((response) => isApp(new URL(response.url()).pathname))
    await page.keyboard.press('Tab')
    await app
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('castcart-widget')
    await page.keyboard.press('Enter')
    await expect.poll(view).toBe('full')
  })

  it('speaks the language of the page', async () => {
    await open(TAG.replace('data-show', 'data-locale="ru-RU" data-show'))
    expect(await launcher().textContent()).toBe('Смотреть эфир')
  })

  it('makes one widget of two tags for one show, with one warning', async () => {
    await open(TAG + TAG)
    expect(await page.locator('castcart-widget').count()).toBe(1)
    expect(said).toEqual(['[castcart] two tags'])
  })

  it('makes two widgets of two tags for two shows, on one global', async () => {
    await page.addInitScript(() => {
      const before = new Set(Reflect.ownKeys(window))
      Object.assign(window, {
        added: () => Reflect.ownKeys(window).filter((key) => !before.has(key) && key !== 'added'),
      })
    })
    await open(TAG + TAG.replace('data-show="/show.json', 'data-position="bottom-start" data-show="/other.json'))
    expect(await page.locator('castcart-widget').count()).toBe(2)
    await launcher().click()
    await expect.poll(view).toBe('full')
    expect(await page.evaluate('added()')).toEqual(['castcart'])
  })

  it('works under a strict policy with Trusted Types, without one violation', async () => {
    await page.addInitScript(() => {
      const seen: string[] = []
      Object.assign(window, { seen })
      addEventListener('securitypolicyviolation', (event) =>
        seen.push(`${event.violatedDirective} ${event.sourceFile}`),
      )
    })
    await open(TAG, STRICT)
    await launcher().click()
    await expect.poll(view).toBe('full')
    expect(await page.evaluate('seen')).toEqual([])
  })

  it('finds its tag past a form named currentScript, and its place past a form named body', async () => {
    await open(`<form name="currentScript"></form><form name="body"></form>${TAG}`)
    expect(await launcher().isVisible()).toBe(true)
  })

  it('starts on a page with changed prototypes and refused storage', async () => {
    await page.addInitScript(() => {
      Object.assign(Object.prototype, { extra: () => {} })
      Object.assign(Array.prototype, { toJSON: () => 'prototype.js' })
      Object.defineProperty(window, 'sessionStorage', {
        get() {
          throw new DOMException('refused', 'SecurityError')
        },
      })
    })
    await open(TAG)
    await launcher().click()
    await expect.poll(view).toBe('full')
  })

  it('serves functions and options that were pushed before it came', async () => {
    await open(`<script>
      window.castcart ||= []
      castcart.push((widget) => { window.first = Object.keys(widget).sort() })
      castcart.push(() => { throw new Error('the page is wrong') })
      castcart.push({ locale: 'ru' })
      castcart.push((widget) => widget.on('player-opened', () => { window.heard = true }))
    </script>${TAG}`)
    expect(await page.evaluate('first')).toEqual(expect.arrayContaining(['close', 'on', 'open', 'ready']))
    expect(await launcher().textContent()).toBe('Смотреть эфир')
    expect(requests.filter(isApp)).toEqual([])
    await page.evaluate('castcart.push((widget) => widget.open())')
    await expect.poll(() => page.evaluate('window.heard')).toBe(true)
  })

  it('gives the whole API when ready is asked for', async () => {
    await open(TAG)
    expect(
      await page.evaluate('castcart.ready.then((api) => [typeof api.createWidget, api.widgets().length])'),
    ).toEqual(['function', 0])
    await page.evaluate('castcart.open()')
    await expect.poll(() => page.evaluate('castcart.ready.then((api) => api.widgets().length)')).toBe(1)
  })

  it('falls back to the app in one file when a chunk is missing', async () => {
    await page.route(/\/app\/app-/, (route) => route.fulfill({ status: 404 }))
    await open(TAG)
    await launcher().click()
    await expect.poll(view).toBe('full')
    expect(requests.filter((path) => path === '/app/whole.js')).toHaveLength(1)
  })

  it('says calmly that the app could not be had, and tries again at the next click', async () => {
    await page.route(/\/app\//, (route) => route.abort())
    await open(TAG)
    await launcher().click()
    await expect.poll(() => launcher().textContent()).toBe('Try again')
    expect(requests.filter((path) => path.startsWith('/app/'))).toHaveLength(2)
    await page.unroute(/\/app\//)
    await launcher().click()
    await expect.poll(view).toBe('full')
  })

  it('loads once for five clicks on a slow line, and Escape takes them back', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route(/\/app\/app-/, async (route) => {
      await held
      await route.continue()
    })
    await open(TAG)
    for (let at = 0; at < 5; at++) await launcher().click()
    await page.keyboard.press('Escape')
    release()
    await expect.poll(() => page.evaluate('castcart.ready.then((api) => api.widgets().length)')).toBe(1)
    expect(requests.filter(isApp)).toHaveLength(1)
    expect(await view()).not.toBe('full')
  })

  it('opens from elements of the page where the tag names them', async () => {
    await open(
      `<a class="watch" href="/elsewhere">Watch</a>${TAG.replace('data-show', 'data-mount=".watch" data-show')}`,
    )
    expect(await launcher().isVisible()).toBe(false)
    await page.locator('.watch').click()
    await expect.poll(view).toBe('full')
    expect(page.url()).toBe(`${origin()}/`)
  })

  it('loads the app at once where a show follows from the page before', async () => {
    await page.addInitScript(() => sessionStorage.setItem('castcart', '{}'))
    const app = page.waitForRequest((request) => isApp(new URL(request.url()).pathname))
    await open(TAG)
    await app
  })

  it('comes back with the page when another body is put in', async () => {
    await open(TAG)
    await page.evaluate(() => {
      document.body.replaceChildren()
      const tag = document.createElement('script')
      tag.src = '/castcart.js'
      tag.dataset.show = '/show.json'
      document.body.append(tag)
    })
    await launcher().waitFor()
    expect(await page.locator('castcart-widget').count()).toBe(1)
    expect(said).toEqual([])
  })

  it('is one file where a page can host only one', async () => {
    await open(TAG.replace('castcart.js', 'castcart.all.js'))
    await launcher().click()
    await expect.poll(view).toBe('full')
    expect(requests.filter((path) => path.startsWith('/app/'))).toEqual([])
  })
})

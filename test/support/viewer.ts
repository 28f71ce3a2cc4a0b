import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { State } from '../../src/state/create-state.ts'
import type { Widget } from '../../src/widget/create-widget.ts'

/** How long a condition may take on a busy machine before it counts as never coming, ms. */
export const PATIENCE = { timeout: 40_000, interval: 60 }

/** A person with a browser of their own, and what their pages said. */
export interface Viewer {
  readonly page: Page
  /** Uncaught errors and rejections of every page so far. */
  readonly errors: string[]
  /** Warnings and errors in the console that are Castcart's own. */
  readonly said: string[]
  /** Addresses asked for, newest last. */
  readonly asked: string[]
  /** Directives that a content security policy was violated in, of the page at hand. */
  violations(): Promise<string[]>
  close(): Promise<void>
}

type Value<K extends keyof State> = State[K] extends { get(): infer V } ? V : never

declare global {
  interface Window {
    violations?: string[]
    firstFrames?: { address: string; script: number; at: number; code: number | null; date: number; time: number }[]
  }
}

/** Opens a browser of one's own; every page notes policy violations from its beginning. */
export async function newViewer(browser: Browser, options: BrowserContextOptions = {}): Promise<Viewer> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  await context.addInitScript(() => {
    const seen: string[] = []
    window.violations = seen
    addEventListener('securitypolicyviolation', (event) =>
      seen.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
    )
  })
  const page = await context.newPage()
  const viewer = {
    page,
    errors: [] as string[],
    said: [] as string[],
    asked: [] as string[],
    violations: () => page.evaluate(() => window.violations ?? []),
    close: () => context.close(),
  }
  page.on('pageerror', (error) => viewer.errors.push(String(error.stack ?? error)))
  page.on('console', (message) => {
    const text = message.text()
    if (['warning', 'error'].includes(message.type()) && text.startsWith('[castcart]')) viewer.said.push(text)
  })
  page.on('request', (request) => viewer.asked.push(request.url()))
  return viewer
}

/** The button that opens the player. */
export const launcherOf = (page: Page): Locator =>
  page.locator('castcart-widget > button, castcart-widget [part=launcher]').first()

/** The player, full or small. */
export const playerOf = (page: Page): Locator => page.locator('[part=player]').first()

/** What a store of the page's widget holds now; `undefined`: no such widget yet. Loads the app. */
export function read<K extends keyof State>(page: Page, name: K, widget = 0): Promise<Value<K> | undefined> {
  return page.evaluate(
    async ([store, at]) => {
      const { castcart } = window as unknown as { castcart: { ready: Promise<{ widgets(): readonly Widget[] }> } }
      const { widgets } = await castcart.ready
      return widgets()[at]?.state[store].get()
    },
    [name, widget] as const,
  ) as Promise<Value<K> | undefined>
}

/** Waits for a store to hold what `is` says yes to, and gives it. */
export async function whenStore<K extends keyof State>(
  page: Page,
  name: K,
  is: (value: Value<K>) => boolean,
): Promise<Value<K>> {
  let value: Value<K> | undefined
  await expect
    .poll(async () => {
      value = await read(page, name).catch(ignoreNavigation)
      return value !== undefined && is(value) ? 'as it should' : `${name}: ${JSON.stringify(value)?.slice(0, 500)}`
    }, PATIENCE)
    .toBe('as it should')
  return value as Value<K>
}

/** A page that is just being left cannot be asked. */
function ignoreNavigation(error: unknown): undefined {
  if (!/navigat|context was destroyed|castcart/.test(String(error))) throw error
}

/** Opens the player by its launcher and waits until it is there. */
export async function openPlayer(page: Page): Promise<void> {
  await launcherOf(page).click()
  await playerOf(page).waitFor()
  await whenStore(page, '$view', (view) => view === 'full')
}

/** Waits until pictures are moving. */
export const whenPlaying = (page: Page) =>
  whenStore(page, '$playback', ({ phase, started }) => phase === 'playing' && started)

/** Waits until events flow. */
export const whenConnected = (page: Page) => whenStore(page, '$connection', (connection) => connection === 'open')

/** From a pinned card into its sheet, with a version chosen where there are several. */
export async function openSheet(page: Page, product: string): Promise<Locator> {
  await playerOf(page).locator(`[part=card][data-product=${product}] button`).first().click()
  const sheet = playerOf(page).locator('[part=sheet]')
  await sheet.waitFor(PATIENCE)
  for (const choice of await sheet.locator('fieldset:has(input[type=radio])').all()) {
    if ((await choice.locator('input:checked').count()) === 0)
      await choice.locator('input:enabled').first().dispatchEvent('click')
  }
  return sheet
}

/** Writes in the chat as a viewer does; asked for a name before the first message, gives this one and agrees to the rules. */
export async function say(page: Page, text: string, name = ''): Promise<void> {
  const composer = page.locator('[part=composer]')
  await composer.locator('[name=message]').fill(text)
  await composer.locator('[name=message]').press('Enter')
  const agree = composer.locator('fieldset .button')
  if (!(await agree.isVisible())) return
  await composer.locator('[name=nickname]').fill(name)
  await agree.click()
}

import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { vi } from 'vitest'
import type { State } from '../../src/state/create-state.ts'
import { PATIENCE, playerOf, read } from '../support/viewer.ts'

/** A shopper in a store that has the widget. */
export interface Visit {
  readonly context: BrowserContext
  readonly page: Page
  /** Uncaught errors that name Castcart. */
  readonly errors: string[]
  /** What the widget told the developer, the first line of each. */
  readonly said: readonly string[]
  close(): Promise<void>
}

/** How the pages of a store are opened. */
export interface Opening {
  /** Opens a page of the store with the widget in it, and waits for `window.castcart`. */
  open(page: Page): Promise<void>
  /** Before any page. */
  prepare?(context: BrowserContext): Promise<void>
  /** Playwright's saved state of a browser, for a store behind a login. */
  readonly storage?: string | undefined
  readonly login?: { readonly username: string; readonly password: string } | undefined
}

/** A context as a guest of the store has it. A real store may forbid foreign scripts, or answer from a cache of its own: neither is what is tested. */
export const guestOf = (
  browser: Browser,
  { login, storage }: Pick<Opening, 'login' | 'storage'>,
): Promise<BrowserContext> =>
  browser.newContext({
    viewport: { width: 1280, height: 800 },
    ignoreHTTPSErrors: true,
    bypassCSP: true,
    serviceWorkers: 'block',
    ...(storage && { storageState: storage }),
    ...(login && { httpCredentials: login }),
  })

type Value<K extends keyof State> = State[K] extends { get(): infer V } ? V : never

/** Waits until something is as it should be, inside a test or before any. Rejects with what it was instead. */
export function until<T>(look: () => Promise<T>, is: (value: T) => boolean, what: string): Promise<T> {
  return vi.waitFor(async () => {
    const value = await look()
    if (!is(value)) throw new Error(`${what}: ${JSON.stringify(value)?.slice(0, 500)}`)
    return value
  }, PATIENCE)
}

/** Waits for what the widget knows. */
export const whenKnown = <K extends keyof State>(page: Page, name: K, is: (value: Value<K>) => boolean) =>
  until(
    () => read(page, name),
    (value) => value !== undefined && is(value as Value<K>),
    name,
  )

/** Opens the store in a browser of one's own, and the player in it, until the store has told of its products and its cart. */
export async function visit(browser: Browser, store: Opening): Promise<Visit> {
  const context = await guestOf(browser, store)
  await store.prepare?.(context)
  const errors: string[] = []
  const page = await context.newPage()
  page.on('pageerror', (error) => /castcart/i.test(`${error.stack}`) && errors.push(`${error.stack}`))
  const said: string[] = []
  page.on('console', (message) => {
    const [line = ''] = message.text().split('\n')
    if (line.startsWith('[castcart]')) said.push(line.slice(0, 300))
  })
  const refused = new Set<string>()
  page.on('response', (answer) => {
    const request = answer.request()
    if (answer.status() >= 400 && ['fetch', 'xhr'].includes(request.resourceType()))
      refused.add(`${request.method()} ${request.url()}: ${answer.status()}`)
  })
  await enter(page, store).catch((cause: Error) => {
    const heard = [...[...refused].slice(0, 5), ...new Set(said)]
    throw new Error((heard.length ? heard : [cause.message]).join('\n  '), { cause })
  })
  return { context, page, errors, said, close: () => context.close() }
}

/** Opens the store, and the player, in this page. */
export async function enter(page: Page, store: Opening): Promise<void> {
  await store.open(page)
  await page.evaluate(() => (window as unknown as { castcart: { open(): void } }).castcart.open())
  await playerOf(page).waitFor(PATIENCE)
  // What the store does not sell goes away: none for so long is an answer too.
  const settled = Date.now() + 5000
  await whenKnown(
    page,
    '$products',
    (views) => (views.length > 0 || Date.now() > settled) && views.every(({ pricing }) => pricing !== 'pending'),
  )
  if (await canRead(page)) await whenKnown(page, '$cart', (cart) => cart !== null)
}

/** Whether the widget can show this store's cart at all. */
export const canRead = async (page: Page): Promise<boolean> => (await read(page, '$can'))?.readCart ?? false

/** Pieces in the cart as the widget shows it. */
export const pieces = async (page: Page): Promise<number> => (await read(page, '$cart'))?.quantity ?? 0

/** Opens a product's sheet from the list beside the picture. */
export async function openProduct(page: Page, id: string): Promise<Locator> {
  await closeSheet(page)
  await playerOf(page).locator(`[part=item][data-product="${id}"] button.open`).click()
  const sheet = playerOf(page).locator('[part=sheet][data-name=product]')
  await sheet.waitFor(PATIENCE)
  return sheet
}

/** Opens the cart's sheet. */
export async function openCart(page: Page): Promise<Locator> {
  await closeSheet(page)
  await playerOf(page).locator('.cart-open').first().click()
  const sheet = playerOf(page).locator('[part=sheet][data-name=cart]')
  await sheet.waitFor(PATIENCE)
  return sheet
}

/** Takes the open sheet away, where there is one. */
export async function closeSheet(page: Page): Promise<void> {
  const sheet = playerOf(page).locator('[part=sheet]')
  if (!(await sheet.count())) return
  await sheet.locator('.sheet-close').click()
  await sheet.waitFor({ ...PATIENCE, state: 'detached' })
}

/** Chooses a version that can be bought, where there are several. */
export async function choose(sheet: Locator): Promise<void> {
  for (const axis of await sheet.locator('fieldset[data-axis]').all()) {
    const free = axis.locator('label[data-state=available] input')
    if ((await axis.locator('input:checked').count()) === 0) await free.first().dispatchEvent('click')
  }
}

/** Sets how many are wanted, by the stepper; what it does not go to is told. */
export async function setWanted(sheet: Locator, wanted: number): Promise<number> {
  const stepper = sheet.locator('[part=stepper]')
  const now = async () => Number(await stepper.locator('output').textContent())
  for (let value = await now(); value !== wanted; ) {
    const button = stepper.locator('button')[value < wanted ? 'last' : 'first']()
    if ((await button.getAttribute('aria-disabled')) === 'true') return value
    await button.click()
    value = await until(now, (next) => next !== value, 'the stepper')
  }
  return wanted
}

/** The button of a product's sheet that puts it in the cart. */
export const addButton = (sheet: Locator): Locator => sheet.locator('.buy [part=button]')

/** What the sheet says of the last add: its outcome and its words. */
export async function resultOf(sheet: Locator): Promise<{ outcome: string; words: string }> {
  const result = sheet.locator('.result')
  await result.waitFor(PATIENCE)
  return {
    outcome: (await result.getAttribute('data-outcome')) ?? '',
    words: ((await result.textContent()) ?? '').trim(),
  }
}

/** Adds, and waits until the widget is at rest. */
export async function add(page: Page, sheet: Locator): Promise<{ outcome: string; words: string }> {
  await addButton(sheet).click()
  await atRest(page)
  return resultOf(sheet)
}

/** Waits until nothing is under way between widget and store. */
export const atRest = async (page: Page): Promise<void> => {
  await whenKnown(page, '$cartBusy', (keys) => keys.length === 0)
}

/**
 * Puts the cart back as it was, through its own sheet: in this page, and where that is in no state for it (the test failed, the page was left), in a new one.
 * @returns what is still there beyond it, in words
 */
export async function putBack(
  { page, context }: Visit,
  store: Opening,
  before: ReadonlyMap<string, number>,
): Promise<string[]> {
  const left = await removeBeyond(page, before).catch(() => null)
  if (left && !left.length) return []
  const other = await context.newPage()
  await enter(other, store)
  return removeBeyond(other, before)
}

async function removeBeyond(page: Page, before: ReadonlyMap<string, number>): Promise<string[]> {
  const beyond = async () => {
    const items = (await read(page, '$cart'))?.items ?? []
    return { items, extra: items.filter(({ id, quantity }) => quantity > (before.get(id) ?? 0)) }
  }
  if (!(await canRead(page))) return []
  for (let turn = 0; turn < 30; turn++) {
    const { items, extra } = await beyond()
    const [one] = extra
    if (!one || !(await read(page, '$can'))?.changeCart) break
    const line = (await openCart(page)).locator('[part=line]').nth(items.indexOf(one))
    if (before.has(one.id)) await line.locator('[part=stepper] button').first().click()
    else await line.locator('.icon-button').click()
    await atRest(page)
  }
  return (await beyond()).extra.map(({ id, title, quantity }) => `${quantity - (before.get(id) ?? 0)} × ${title}`)
}

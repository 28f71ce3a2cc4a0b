import { existsSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PATIENCE, read, whenStore } from '../support/viewer.ts'
import {
  add,
  addButton,
  atRest,
  choose,
  closeSheet,
  enter,
  type Opening,
  openCart,
  openProduct,
  pieces,
  putBack,
  resultOf,
  setWanted,
  type Visit,
  visit,
} from './visit.ts'

/** Tells one request of a page by its method, address and body. */
export type Meant = (method: string, url: string, body: string) => boolean

/** A store that the built widget is driven in, and what is known of it. What is absent is not tested, and is said. */
export interface StoreUnderTest extends Opening {
  /** Show id of a product that there is enough of, in one version or with a choice. */
  readonly plain: string
  /** One with a choice of versions. */
  readonly choice?: string | undefined
  /** One that the store tells is sold out. */
  readonly soldOut?: string | undefined
  /** One of which there are few, and how many. */
  readonly few?: { readonly id: string; readonly pieces: number } | undefined
  /** Makes a product sell out behind the viewer's back, and brings it back. */
  readonly sellOut?: { readonly id: string; run(): Promise<void>; undo(): Promise<void> } | undefined
  /** Formatted price of `plain`. */
  readonly price?: string | undefined
  /** Pieces in the store's own cart, asked past the widget. */
  truth?(page: Page): Promise<number>
  /** Text of the page's own cart badge. */
  readonly badge?: string | undefined
  /** Which requests add; absent: adding is no request of its own, and none can be counted or lost. */
  readonly isAdd?: Meant | undefined
  /** Has the answer of the next add lost; absent: in the browser. */
  loseAnswer?(isAdd: Meant): void
  /** How the address of the checkout looks. */
  readonly checkout?: RegExp | undefined
  /** Nobody here has seen it: how it refuses what is too much is its own affair. */
  readonly isStrange?: boolean | undefined
  /** Leaves out what is a matter of the widget rather than of the platform. */
  readonly isBrief?: boolean | undefined
  /** What the store cannot do, as found out before. Absent: all is tested. */
  readonly cannot?: readonly ('change' | 'read' | 'checkout' | 'partial' | 'tabs' | 'price' | 'many')[] | undefined
}

/** What the widget must do in any store; a test that cannot be done in this one is not defined. */
export function testStore(name: string, store: StoreUnderTest, browser: Browser): void {
  const can = (what: NonNullable<StoreUnderTest['cannot']>[number]) => !store.cannot?.includes(what)
  const isWhole = !store.isBrief
  describe(name, () => {
    let shopper: Visit | undefined
    let page: Page
    let before: Map<string, number>
    let count: number
    beforeEach(async ({ skip }) => {
      const stop = process.env.CASTCART_STOP
      if (stop && existsSync(stop)) skip('stopped by hand')
      shopper = await visit(browser, store)
      page = shopper.page
      before = new Map((await read(page, '$cart'))?.items.map(({ id, quantity }) => [id, quantity]))
      count = await pieces(page)
      await page.evaluate(() => Object.assign(window, { isStillHere: true }))
    })
    afterEach(async ({ task }) => {
      if (!shopper) return
      const { errors, said } = shopper
      if (task.result?.state === 'fail' && said.length) console.error([...new Set(said)].join('\n'))
      const left = can('read') && can('change') ? await putBack(shopper, store, before) : []
      await shopper.close()
      shopper = undefined
      expect(left, 'the cart is left as it was found; take out by hand').toEqual([])
      expect(errors).toEqual([])
    })
    const stayed = async () =>
      expect(await page.evaluate(() => 'isStillHere' in window), 'the page was not loaded anew').toBe(true)
    /** Pieces beyond those that were there, as the widget shows them and, past it, the store. */
    const gained = async () => {
      const shown = (await pieces(page)) - count
      if (store.truth) expect((await store.truth(page)) - count, 'the store agrees').toBe(shown)
      return shown
    }

    if (can('price'))
      it('shows the store’s own price', async () => {
        const view = (await read(page, '$products'))?.find(({ id }) => id === store.plain)
        expect(view).toMatchObject({ pricing: 'known', available: true })
        expect(view?.price?.amount).toBeGreaterThan(0)
        const shown = await (await openProduct(page, store.plain)).textContent()
        if (store.price) expect(shown).toContain(store.price)
      })

    it('adds, without loading the page anew', async () => {
      const sheet = await openProduct(page, store.plain)
      await choose(sheet)
      const wanted = await setWanted(sheet, can('many') ? 2 : 1)
      wasAdded(await add(page, sheet))
      if (can('read')) expect(await gained()).toBe(wanted)
      if (store.badge) {
        const shown = page.locator(store.badge).first()
        await expect.poll(() => shown.textContent(), PATIENCE).toMatch(new RegExp(`(^|\\D)${count + wanted}(\\D|$)`))
      }
      await stayed()
    })

    if (isWhole && can('read'))
      it('finds what was added after the page was left', async () => {
        const sheet = await openProduct(page, store.plain)
        await choose(sheet)
        wasAdded(await add(page, sheet))
        await enter(page, store)
        await whenStore(page, '$cart', (cart) => cart?.quantity === count + 1)
      })

    if (store.choice)
      it('asks for a version and adds the one that was chosen', async () => {
        const sheet = await openProduct(page, store.choice ?? '')
        const open = sheet.locator('fieldset[data-axis]:not(:has(input:checked))')
        if (await open.count()) {
          await addButton(sheet).click()
          expect(await sheet.locator('.result').count()).toBe(0)
        }
        await choose(sheet)
        wasAdded(await add(page, sheet))
        if (can('read')) expect(await gained()).toBe(1)
      })

    if (isWhole && store.soldOut)
      it('does not offer what is sold out', async () => {
        const sheet = await openProduct(page, store.soldOut ?? '')
        expect(await addButton(sheet).getAttribute('aria-disabled')).toBe('true')
        await addButton(sheet).click({ force: true })
        await atRest(page)
        if (can('read')) expect(await gained()).toBe(0)
      })

    if (store.few && can('read') && can('many')) {
      const few = store.few
      it('says what became of more than there is', async () => {
        const sheet = await openProduct(page, few.id)
        await choose(sheet)
        const asked = await setWanted(sheet, few.pieces + 2)
        const { outcome, words } = await add(page, sheet)
        const now = await gained()
        expect(now).toBeLessThanOrEqual(few.pieces)
        if (asked <= few.pieces) expect([outcome, now]).toEqual(['added', asked])
        else if (store.isStrange) expect(['partial', 'rejected']).toContain(outcome)
        else if (can('partial')) expect([outcome, now]).toEqual(['partial', few.pieces])
        else expect([outcome, now]).toEqual(['rejected', 0])
        expect(words).not.toBe('')
      })

      it('says no where the cart holds all there is', async () => {
        const sheet = await openProduct(page, few.id)
        await choose(sheet)
        await setWanted(sheet, few.pieces)
        wasAdded(await add(page, sheet))
        expect(await gained()).toBe(few.pieces)
        await setWanted(sheet, 1)
        const { outcome, words } = await add(page, sheet)
        expect(outcome).toBe('rejected')
        expect(words).not.toBe('')
        expect(await gained()).toBe(few.pieces)
        await stayed()
      })
    }

    if (store.sellOut) {
      const { id, run, undo } = store.sellOut
      it('says so in words where it has just sold out', async () => {
        const sheet = await openProduct(page, id)
        await choose(sheet)
        await run()
        try {
          const { outcome, words } = await add(page, sheet)
          expect(outcome).toBe('rejected')
          expect(words).toMatch(/sold out/i)
          expect(await gained()).toBe(0)
        } finally {
          await undo()
        }
      })
    }

    if (can('read') && can('change'))
      it('changes a quantity, and removes the line', async () => {
        const sheet = await openProduct(page, store.plain)
        await choose(sheet)
        await add(page, sheet)
        const items = (await read(page, '$cart'))?.items ?? []
        const at = items.findIndex(({ id, quantity }) => quantity > (before.get(id) ?? 0))
        const line = (await openCart(page)).locator('[part=line]').nth(at)
        await line.locator('[part=stepper] button').last().click()
        await whenStore(page, '$cart', (cart) => cart?.quantity === count + 2)
        await atRest(page)
        expect(await gained()).toBe(2)
        if (!before.has(items[at]?.id ?? '')) {
          await line.locator('.icon-button').click()
          await whenStore(page, '$cart', (cart) => cart?.quantity === count)
          await atRest(page)
          expect(await gained()).toBe(0)
        }
        await stayed()
      })

    if (isWhole && can('read') && can('tabs'))
      it('tells the other tab', async () => {
        const other = await page.context().newPage()
        await enter(other, store)
        const sheet = await openProduct(page, store.plain)
        await choose(sheet)
        await add(page, sheet)
        await whenStore(other, '$cart', (cart) => cart?.quantity === count + 1)
        await other.close()
      })

    if (store.isAdd && can('read')) {
      const isAdd = store.isAdd
      it('adds once when the store’s answer is lost', async () => {
        const sheet = await openProduct(page, store.plain)
        await choose(sheet)
        // One before, after which a token that was stale is no more.
        wasAdded(await add(page, sheet))
        const sent = countOf(page, isAdd)
        if (store.loseAnswer) store.loseAnswer(isAdd)
        else await loseAnswer(page, isAdd)
        wasAdded(await add(page, sheet))
        expect(await gained()).toBe(2)
        expect(sent()).toBe(1)
      })
    }

    it('makes one intent of five fast clicks', async () => {
      const sheet = await openProduct(page, store.plain)
      await choose(sheet)
      const sent = store.isAdd && countOf(page, store.isAdd)
      await addButton(sheet).evaluate((button: HTMLButtonElement) => {
        for (let click = 0; click < 5; click++) button.click()
      })
      wasAdded(await resultOf(sheet))
      await atRest(page)
      // A stale token is asked for anew and the add sent once more; a cart is begun first where there is none.
      if (sent) expect(sent()).toBeLessThanOrEqual(store.isStrange ? 2 : 1)
      if (can('read')) expect(await gained()).toBe(1)
    })

    if (isWhole && can('checkout'))
      it('leads to the store’s checkout', async () => {
        const sheet = await openProduct(page, store.plain)
        await choose(sheet)
        await add(page, sheet)
        await closeSheet(page)
        const from = page.url()
        await page.locator('[part=checkout]').first().click()
        await page.waitForURL((url) => url.href !== from, { timeout: PATIENCE.timeout, waitUntil: 'commit' })
        expect(page.url()).toMatch(store.checkout ?? /^https?:/)
        await enter(page, store)
      })
  })
}

/** What a store says where it should have added is what its owner must read. */
const wasAdded = ({ outcome, words }: { outcome: string; words: string }) =>
  expect(`${outcome}: ${words}`).toMatch(/^added: /)

/** Counts the requests of a page from now on. */
function countOf(page: Page, isMeant: Meant): () => number {
  let count = 0
  page.on('request', (request) => {
    if (isMeant(request.method(), request.url(), request.postData() ?? '')) count++
  })
  return () => count
}

/** The store gets the next such request and answers it; the page never hears of it. */
async function loseAnswer(page: Page, isMeant: Meant): Promise<void> {
  let isDone = false
  await page.route('**/*', async (route) => {
    const request = route.request()
    const about = [request.method(), request.url(), request.postData() ?? ''] as const
    if (isDone || !isMeant(...about)) return route.fallback()
    isDone = true
    await route.fetch({ maxRedirects: 0 })
    return route.abort('connectionreset')
  })
}

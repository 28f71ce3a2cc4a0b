import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterEach, beforeEach } from 'vitest'
import type { Demo } from '../../examples/live-shop/server/start-demo.mjs'
import { startWholeDemo } from './demo.ts'
import { openPlayer, playerOf, type Viewer, whenConnected, whenPlaying } from './viewer.ts'
import { useViewers } from './viewers.ts'

/** A phone's window. */
export const PHONE = { viewport: { width: 390, height: 844 } }

/** The sheet over a page's player. */
export const sheetOf = (page: Page): Locator => playerOf(page).locator('[part=sheet]')

/** What {@link useLiveDemo} gives. */
export interface LiveDemo {
  /** The demo of the test that runs. */
  demo(): Demo
  /** Someone with a browser, nowhere yet. */
  view(options?: BrowserContextOptions): Promise<Viewer>
  /** Someone who watches the show. */
  watch(options?: BrowserContextOptions): Promise<Page>
}

/** The real demo anew for each of the tests that follow, which may end its show, and who comes to it. */
export function useLiveDemo(browser: () => Browser): LiveDemo {
  let demo: Demo
  beforeEach(async () => {
    demo = await startWholeDemo()
  })
  afterEach(async () => {
    await demo.stop()
  })
  const view = useViewers(browser)
  return {
    demo: () => demo,
    view,
    async watch(options) {
      const { page } = await view(options)
      await page.goto(demo.store)
      await openPlayer(page)
      await whenConnected(page)
      await whenPlaying(page)
      return page
    },
  }
}

import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterEach, beforeEach, expect } from 'vitest'
import { newViewer, type Viewer } from './viewer.ts'

/**
 * Lets viewers come to the tests that follow. Each is gone when its test is over, which fails where a page threw, or where Castcart had
 * something to say to the developer. Called after a hook that stops what they watch, so that they are gone before it.
 */
export function useViewers(browser: () => Browser): (options?: BrowserContextOptions) => Promise<Viewer> {
  let viewers: Viewer[] = []
  beforeEach(() => {
    viewers = []
  })
  afterEach(async () => {
    const wrong = viewers.flatMap(({ errors, said }) => [...errors, ...said])
    await Promise.all(viewers.map((viewer) => viewer.close()))
    expect(wrong).toEqual([])
  })
  return async (options = {}) => {
    const viewer = await newViewer(browser(), options)
    viewers.push(viewer)
    return viewer
  }
}

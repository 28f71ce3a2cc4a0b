import { afterAll, beforeAll } from 'vitest'
import type { Demo } from '../../examples/live-shop/server/start-demo.mjs'
import { startWholeDemo } from './demo.ts'
import { type StorePages, startStorePages } from './store-page.ts'

/** The demo, and pages of one's own before its store; both are there in tests and in hooks that come after. */
export interface OwnStore {
  readonly demo: Demo
  readonly pages: StorePages
}

/** Starts them for the tests of this suite, and ends them after the last. @param answers of the pages from the beginning on */
export function useStorePages(answers: StorePages['answers'] = {}): OwnStore {
  let own: OwnStore | undefined
  beforeAll(async () => {
    const demo = await startWholeDemo()
    own = { demo, pages: await startStorePages(demo.store, { ...answers }) }
  })
  afterAll(async () => {
    await own?.pages.close()
    await own?.demo.stop()
  })
  const ready = () => {
    if (!own) throw new Error('The store is ready in tests and hooks only')
    return own
  }
  return {
    get demo() {
      return ready().demo
    },
    get pages() {
      return ready().pages
    },
  }
}

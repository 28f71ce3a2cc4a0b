import type { Browser } from 'playwright-core'
import { expect, it } from 'vitest'
import { type Given, lookAtStore } from './any-store.ts'
import { testStore } from './test-store.ts'

/** Looks at a store of ours as at any that nobody here has seen, and drives the widget in it. @param price formatted, by product */
export async function testAsAny(
  name: string,
  given: Given,
  { browser, platform, price }: { browser: Browser; platform: string; price?: Readonly<Record<string, string>> },
): Promise<void> {
  const known = await lookAtStore(browser, given).catch((cause: Error) => cause)
  if (known instanceof Error) {
    it(`${name}: can be tested`, () => expect.unreachable(known.message))
    return
  }
  console.log(`${name}\n${known.said.map((line) => `  ${line}`).join('\n')}`)
  if (!given.platform) it(`${name}: is recognised`, () => expect(known.said[0]).toContain(`platform: ${platform}`))
  const isBrief = !process.env.CASTCART_WHOLE
  testStore(name, { ...known.store, isBrief, price: price?.[known.store.plain] }, browser)
}

import { afterAll, expect, it } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { type Given, lookAtStore } from './any-store.ts'
import { testStore } from './test-store.ts'

const given = JSON.parse(process.env.CASTCART_STORE ?? 'null') as Given | null

if (!given) it('is told of a store: npm run test:stores -- --url https://…', () => expect.unreachable())
else {
  const browser = await launchChromium(process.env.CASTCART_HEADED ? { headless: false } : {})
  afterAll(() => browser.close())
  const known = await lookAtStore(browser, given).catch((cause: Error) => cause)
  if (known instanceof Error) {
    console.error(`\n${given.url}\nnothing can be tested here:\n  ${known.message.replaceAll('\n', '\n  ')}\n`)
    it('a store that can be tested', () => {
      // Where in this file it was is nothing to the reader.
      throw Object.assign(new Error('the reason is above'), { stack: '' })
    })
  } else {
    console.log(`\n${given.url}\n${known.said.map((line) => `  ${line}`).join('\n')}\n`)
    testStore(`the widget in ${given.url}`, known.store, browser)
  }
}

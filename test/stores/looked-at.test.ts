import { afterAll, expect, it } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { type Given, lookAtStore } from './any-store.ts'
import { startMedusa } from './engines/medusa.mjs'
import { startVendure } from './engines/vendure.mjs'
import { type StoreFront, startStoreFront } from './store-front.ts'
import { testStore } from './test-store.ts'

/** A storefront that has no widget, as a reader's own store before they paste the tag; in a folder of a language. */
const PAGE =
  '<!doctype html><html lang="en"><title>Clay</title><h1>Clay</h1><p>Cart: <b data-castcart-count>0</b></p></html>'
const pages = { '/us/': PAGE, '/checkout': '<h1>Checkout</h1>' }

interface Opened {
  readonly given: Given
  /** Of the mug, in this market. */
  readonly price: string
  stop(): Promise<void>
}

/** The channel of another market: dollars, and prices that the tax comes on top of. */
async function openVendure(): Promise<Opened> {
  const engine = await startVendure()
  const front = await startStoreFront({ pages, prefix: '/shop-api', engine: engine.url })
  const setting = [`url=/shop-api`, 'channelToken=us', 'partnerField=partner', 'lowest30Field=lowest30']
  const given = { url: `${front.origin}/us/`, platform: 'vendure', setting }
  return { given, price: '$48.00', stop: () => stopAll(front, engine) }
}

/** The region of another country, with its tax. */
async function openMedusa(): Promise<Opened> {
  const engine = await startMedusa()
  const front = await startStoreFront({ pages, prefix: '/store/', engine: engine.url })
  const { publishableKey, overseasId } = engine
  const setting = [
    `url=${front.origin}`,
    `publishableKey=${publishableKey}`,
    `regionId=${overseasId}`,
    'countryCode=us',
  ]
  const given = { url: `${front.origin}/us/`, platform: 'medusa', setting }
  return { given, price: '$52.80', stop: () => stopAll(front, engine) }
}

async function stopAll(front: StoreFront, engine: { stop(): Promise<void> }): Promise<void> {
  await front.stop()
  await engine.stop()
}

const ENGINES: Readonly<Record<string, () => Promise<Opened>>> = { vendure: openVendure, medusa: openMedusa }

const wanted = process.env.CASTCART_ENGINES?.split(',')
const browser = await launchChromium()
for (const [platform, open] of Object.entries(ENGINES)) {
  if (wanted && !wanted.includes(platform)) continue
  const { given, price, stop } = await open()
  afterAll(stop)
  const known = await lookAtStore(browser, given).catch((cause: Error) => cause)
  const name = `a real ${platform} shop in another market, looked at as any store`
  if (known instanceof Error) it(`${name}: can be tested`, () => expect.unreachable(known.message))
  else {
    console.log(`${name}\n${known.said.map((line) => `  ${line}`).join('\n')}`)
    const isMug = known.store.plain === 'mug'
    testStore(name, { ...known.store, ...(isMug && { price }), isBrief: true })
  }
}
await browser.close()

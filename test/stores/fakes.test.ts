import { afterAll } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { startWholeDemo } from '../support/demo.ts'
import { fakeBigcommerceStore } from '../support/fake-bigcommerce-store.ts'
import { startFakeBitrix } from '../support/fake-bitrix-store.ts'
import { startFakeEcwid } from '../support/fake-ecwid-store.ts'
import { startFakeInsales } from '../support/fake-insales-store.ts'
import { fakeMagentoStore } from '../support/fake-magento-store.ts'
import { startFakeApartForm, startFakeAskingForm } from '../support/fake-odd-forms.ts'
import { startFakeOpencart } from '../support/fake-opencart-store.ts'
import { startFakePrestashop } from '../support/fake-prestashop-store.ts'
import { startFakeSfccApi } from '../support/fake-sfcc-api.ts'
import { startFakeSfcc } from '../support/fake-sfcc-store.ts'
import { fakeShopifyHeadlessStore } from '../support/fake-shopify-headless-store.ts'
import { startFakeShopware, wareId } from '../support/fake-shopware-store.ts'
import { startFakeSnipcart } from '../support/fake-snipcart-store.ts'
import {
  startFakeHiddenWoo,
  startFakeMagentoView,
  startFakeOpencartFolder,
  startFakePlainWoo,
  startFakePrestaLanguage,
  startFakeShopifyMarket,
} from '../support/fake-strange-shops.ts'
import { startFakeTilda } from '../support/fake-tilda-store.ts'
import { fakeWoocommerceStore } from '../support/fake-woocommerce-store.ts'
import type { Given } from './any-store.ts'
import { testAsAny } from './test-as-any.ts'

interface Fake {
  readonly url: string
  /** As on the command line. */
  readonly setting?: readonly string[]
  /** Settings of the bridge. */
  readonly settings?: Readonly<Record<string, string>>
  /** A module in their stead. */
  readonly module?: string
  stop(): Promise<void>
}

/** A fake that answers in the shapes its platform documents, and what the reader of a real one would say on the command line. */
interface Case {
  readonly platform: string
  /** How it is set up otherwise than most are. */
  readonly odd?: string
  start(): Promise<Fake>
  readonly given: Omit<Given, 'url'>
}

const rooted = async (
  made: Promise<{ root: string; close(): Promise<void> }>,
  settings: (root: string) => Readonly<Record<string, string>> = () => ({}),
): Promise<Fake> => {
  const { root, close } = await made
  return { url: root, stop: close, settings: settings(root) }
}
const demo = async (): Promise<Fake> => {
  const { store, stop } = await startWholeDemo()
  return { url: store, stop }
}
/** Its token is a function's answer, which no line of settings can hold. */
const sfccApi = async (): Promise<Fake> => {
  const shop = await startFakeSfccApi()
  const settings = JSON.stringify({ bridge: 'sfcc-api', url: shop.url, organizationId: 'org', siteId: 'Fake' })
  return { ...shop, module: `export default { ...${settings}, getToken: () => 'token1' }` }
}
/** As the shared goods of the fakes have them: plenty, a choice, none, and two pieces. */
const ids = (of: (id: number) => string = String): Omit<Given, 'url'> => ({
  product: [`id:${of(1)}`, `id:${of(4)}`],
  'sold-out': `id:${of(3)}`,
  few: `id:${of(2)}=2`,
})
const handles: Omit<Given, 'url'> = {
  product: ['handle:mug', 'handle:coat'],
  'sold-out': 'handle:bowl',
  few: 'handle:vase=2',
}

const BITRIX: Readonly<Record<string, number>> = { mug: 11, vase: 21, bowl: 31, coat: 4 }
const pages = (of: (handle: string) => string): Omit<Given, 'url'> => ({
  product: [of('mug'), of('coat')],
  'sold-out': of('bowl'),
  few: `${of('vase')}=2`,
})

/** Those that are recognised from their page are not named, so that `auto` is tested too. */
const CASES: readonly Case[] = [
  { platform: 'shopify', start: demo, given: {} },
  { platform: 'woocommerce', start: () => rooted(fakeWoocommerceStore()), given: {} },
  {
    platform: 'bigcommerce',
    start: () => rooted(fakeBigcommerceStore(), () => ({ token: 'storefront-token' })),
    given: handles,
  },
  { platform: 'magento', start: () => rooted(fakeMagentoStore()), given: handles },
  { platform: 'prestashop', start: () => startFakePrestashop(), given: ids() },
  { platform: 'opencart', start: () => startFakeOpencart(), given: ids() },
  { platform: 'shopware', start: () => startFakeShopware(), given: ids(wareId) },
  {
    platform: 'bitrix',
    start: () => startFakeBitrix(),
    given: pages((handle) => `/catalog/${handle}/ id:${BITRIX[handle]}`),
  },
  { platform: 'insales', start: () => startFakeInsales(), given: ids() },
  { platform: 'sfcc', start: () => startFakeSfcc(), given: ids() },
  {
    platform: 'sfcc-api',
    start: sfccApi,
    given: { ...ids((id) => `${id}1`), platform: 'sfcc-api', product: ['id:11', 'id:4'] },
  },
  { platform: 'ecwid', start: () => startFakeEcwid(), given: ids() },
  { platform: 'snipcart', start: () => startFakeSnipcart(), given: pages((handle) => `/${handle}.html id:${handle}`) },
  { platform: 'tilda', start: () => startFakeTilda(), given: { product: ['11', '4'], 'sold-out': '31', few: '21=2' } },
  {
    platform: 'shopify-headless',
    start: () => rooted(fakeShopifyHeadlessStore(), (root) => ({ shop: `${root}api/2026-10/graphql.json` })),
    given: { ...handles, platform: 'shopify-headless' },
  },
  { platform: 'woocommerce', odd: 'with plain permalinks in a folder', start: startFakePlainWoo, given: {} },
  { platform: 'woocommerce', odd: 'whose API is hidden', start: startFakeHiddenWoo, given: {} },
  { platform: 'shopify', odd: 'in a market’s folder', start: startFakeShopifyMarket, given: {} },
  { platform: 'magento', odd: 'with the view’s code in its addresses', start: startFakeMagentoView, given: {} },
  { platform: 'prestashop', odd: 'with a language in its addresses', start: startFakePrestaLanguage, given: {} },
  { platform: 'opencart', odd: 'in a folder, version 3', start: startFakeOpencartFolder, given: {} },
  { platform: 'form', odd: 'that asks by its address', start: startFakeAskingForm, given: { platform: 'form' } },
  { platform: 'form', odd: 'whose fields stand elsewhere', start: startFakeApartForm, given: { platform: 'form' } },
]

/** Some of them by name. */
const wanted = process.env.CASTCART_FAKES?.split(',')
const browser = await launchChromium()
afterAll(() => browser.close())
for (const { platform, odd, start, given } of CASES) {
  if (wanted && !wanted.includes(platform)) continue
  const fake = await start()
  afterAll(() => fake.stop())
  const setting = fake.setting ?? Object.entries(fake.settings ?? {}).map((pair) => pair.join('='))
  const { url, module } = fake
  const name = `the widget in a fake ${platform} store${odd ? ` ${odd}` : ''}`
  await testAsAny(name, { ...given, url, setting, ...(module && { cart: module }) }, { browser, platform })
}

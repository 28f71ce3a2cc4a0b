import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { fakeFormShop } from '../support/fake-form-shop.ts'
import { startFakeFront } from '../support/fake-front.ts'
import { startFakeApartForm } from '../support/fake-odd-forms.ts'
import { startFakeOddTheme } from '../support/fake-odd-theme.ts'
import { startFakeOpencart } from '../support/fake-opencart-store.ts'
import { startFakeHydrogen, startFakeShopifyPassword } from '../support/fake-strange-shops.ts'
import { fakeWoocommerceStore, products } from '../support/fake-woocommerce-store.ts'
import { type Given, lookAtStore } from './any-store.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

/** What the reader is told where nothing can be tested. */
const told = (given: Given): Promise<string> =>
  lookAtStore(browser, given).then(
    ({ said }) => `it can be tested: ${said.join('\n')}`,
    (cause: Error) => cause.message,
  )

async function woo(...goods: ReturnType<typeof products>) {
  const shop = await fakeWoocommerceStore({ products: goods })
  onTestFinished(() => shop.close())
  return shop.root
}
const soldOut = () => products().filter(({ stock }) => stock === 0)

describe('lookAtStore', () => {
  it('tells a shop that is not there from a page that is none', async () => {
    const root = await woo()
    expect(await told({ url: 'http://127.0.0.1:9/' })).toMatch(/does not open .*is the shop running/)
    expect(await told({ url: `${root}nowhere` })).toMatch(/answers with 404/)
  })

  it('asks for the login that the shop asks for', async () => {
    const odd = await startFakeOddTheme(await woo(...products()))
    onTestFinished(() => odd.stop())
    expect(await told({ url: odd.url })).toMatch(/asks for a name and a password: --login/)
    expect(await told({ url: odd.url, login: 'clay:wrong' })).toMatch(/and not for these/)
  })

  it('tells of a password page', async () => {
    const shop = await fakeFormShop()
    onTestFinished(() => shop.close())
    shop.lock()
    expect(await told({ url: shop.root })).toMatch(/leads to \/login, which asks who one is: .*--storage <file>/)
    const closed = await startFakeShopifyPassword()
    onTestFinished(() => closed.stop())
    expect(await told({ url: closed.url })).toMatch(/leads to \/password, .*--storage <file>/)
  })

  it('says what a shop of no known platform needs', async () => {
    const shop = await fakeFormShop()
    onTestFinished(() => shop.close())
    expect(await told({ url: shop.root })).toMatch(/no platform is recognised .*--platform form .*--cart <file>/s)
    const headless = await startFakeHydrogen()
    onTestFinished(() => headless.stop())
    expect(await told({ url: headless.url })).toMatch(/headless.*--platform shopify-headless/)
  })

  it('says what the shop refused, and where to say that it is elsewhere', async () => {
    const front = await startFakeFront({
      pages: { '/': '<!doctype html><body class="home woocommerce-no-js"><a href="/product/mug/">Mug</a>' },
      behind: 'http://127.0.0.1:9/',
      to: () => undefined,
    })
    onTestFinished(() => front.stop())
    const words = await told({ url: front.origin })
    expect(words).toMatch(/does not answer the widget as woocommerce:\n {2}GET \S*\/wp-json\/wc\/store\/v1\/\S+: 404/)
    expect(words).toContain('--setting api=https://…/wp-json/')
  })

  it('says so where the form is another than was named', async () => {
    const shop = await startFakeApartForm()
    onTestFinished(() => shop.stop())
    const setting = shop.setting.map((one) => one.replace('form=#buy', 'form=#sell'))
    expect(await told({ url: shop.url, platform: 'form', setting })).toMatch(
      /\/p\/mug has no form #sell: .*--setting form=/,
    )
  })

  it('refuses a platform that there is none of, and settings that are missing or broken', async () => {
    const url = await woo(...products())
    expect(await told({ url, platform: 'woocomerce' })).toMatch(/found "woocomerce", expected bigcommerce/)
    expect(await told({ url, platform: 'vendure' })).toBe('vendure needs --setting url=…')
    expect(await told({ url, platform: 'sfcc-api' })).toMatch(/getToken: --cart <file>/)
    expect(await told({ url, platform: 'links' })).toMatch(/leads to the products’ pages/)
    expect(await told({ url, platform: 'callbacks' })).toMatch(/functions of your own: --cart <file>/)
    expect(await told({ url, setting: ['api'] })).toBe('--setting api: found no "=", expected name=value')
    expect(await told({ url, setting: ['cart={"url"'] })).toMatch(/--setting cart: not JSON/)
  })

  it('puts nothing in a signed-in customer’s cart that it could not take out', async () => {
    const words = await told({ url: 'http://127.0.0.1:9/', platform: 'form', storage: '{}' })
    expect(words).toMatch(/form cannot take out what it puts in .*without --storage/)
  })

  it('says so where the shop is of another platform than was given', async () => {
    const shop = await startFakeOpencart()
    onTestFinished(() => shop.stop())
    const words = await told({ url: shop.url, platform: 'magento', product: ['handle:mug'] })
    expect(words).toContain('--platform magento was given; by its page this shop is opencart')
  })

  it('says so where no product is found, where none is sold here, and where none can be bought', async () => {
    expect(await told({ url: await woo() })).toMatch(/no product was found from this page: .*--product/)
    const url = await woo(...products())
    expect(await told({ url, product: ['handle:ghost'] })).toMatch(/none of these is sold here .*--product/s)
    expect(await told({ url: await woo(...soldOut()) })).toMatch(/bowl” \(€30\.00, sold out\).*can be bought/s)
  })
})

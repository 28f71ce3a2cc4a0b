import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { fakeFormShop } from '../support/fake-form-shop.ts'
import { startFakeOddTheme } from '../support/fake-odd-theme.ts'
import { fakeWoocommerceStore } from '../support/fake-woocommerce-store.ts'
import { PATIENCE } from '../support/viewer.ts'

const RUN = fileURLToPath(new URL('./run.mjs', import.meta.url))
/** The build that these suites drive: it is not made anew in the middle of them. */
const CASTCART_DIST = process.env.CASTCART_DIST ?? fileURLToPath(new URL('../../dist/', import.meta.url))

/** The command as a reader types it; `onSaid` may interrupt it. */
async function run(given: readonly string[], onSaid?: (said: string, interrupt: () => void) => void) {
  const child = spawn(process.execPath, [RUN, ...given], {
    env: { ...process.env, CASTCART_DIST, NO_COLOR: '1', CI: '' },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes) => {
      said += bytes
      onSaid?.(said, () => child.kill('SIGINT'))
    })
  const code = await new Promise<number | null>((ended) => child.on('close', ended))
  return { code, said }
}

describe('npm run test:stores -- --url', () => {
  let woo: Awaited<ReturnType<typeof fakeWoocommerceStore>>
  let odd: Awaited<ReturnType<typeof startFakeOddTheme>>
  let folder: string
  beforeAll(async () => {
    woo = await fakeWoocommerceStore()
    odd = await startFakeOddTheme(woo.root)
    folder = await mkdtemp(join(tmpdir(), 'castcart-command-'))
  })
  afterAll(async () => {
    await odd?.stop()
    await woo?.close()
    if (folder) await rm(folder, { recursive: true })
  })

  /** A customer's account that holds a mug already, and the browser's state that is signed in to it. */
  async function account(name: string) {
    const headers = { cookie: `woo=${name}`, 'content-type': 'application/json' }
    const ask = (path: string, init?: RequestInit) =>
      fetch(`${woo.root}wp-json/wc/store/v1/${path}`, { headers, ...init })
    const nonce = (await ask('cart')).headers.get('nonce') ?? ''
    await ask('cart/add-item', { method: 'POST', headers: { ...headers, nonce }, body: '{"id":10,"quantity":1}' })
    const cookie = { name: 'woo', value: name, domain: '127.0.0.1', path: '/', expires: -1 }
    const storage = join(folder, `${name}.json`)
    const state = { cookies: [{ ...cookie, httpOnly: false, secure: false, sameSite: 'Lax' }], origins: [] }
    await writeFile(storage, JSON.stringify(state))
    const cart = async () => {
      const { items } = (await (await ask('cart')).json()) as { items: { id: number; quantity: number }[] }
      return items.map(({ id, quantity }) => [id, quantity])
    }
    return { storage, cart }
  }

  it('works in a shop whose theme is odd, and leaves a customer’s cart as it was', async () => {
    const { storage, cart } = await account('anna')
    const { code, said } = await run(['--url', odd.url, '--login', odd.login, '--storage', storage, '--badge', '#bag'])
    expect(said).toContain('platform: woocommerce, recognised from the page')
    expect(said).toMatch(/stores: 1\d passed, 0 failed/)
    expect(code).toBe(0)
    expect(await cart()).toEqual([[10, 1]])
  })

  it('puts the cart back where a test fails and the reader stops it', async () => {
    const { storage, cart } = await account('boris')
    const wrong = ['--badge', 'title', '--product', 'id:11', '--platform', 'woocommerce']
    let isStopped = false
    const { code, said } = await run(
      ['--url', odd.url, '--login', odd.login, '--storage', storage, ...wrong],
      (text, interrupt) => {
        if (isStopped || !text.includes('✓')) return
        isStopped = true
        // The first test passed; the second has added when it is stopped, and fails at the badge.
        void vi.waitFor(async () => expect(await cart()).toHaveLength(2), PATIENCE).then(interrupt)
      },
    )
    expect(said).toContain('puts the cart back as it was')
    expect(said).toMatch(/stores: 1 passed, 1 failed, \d+ skipped/)
    expect(code).toBe(130)
    expect(await cart()).toEqual([[10, 1]])
  })

  it('finds the products of a shop that no bridge knows, and drives its form', async () => {
    const shop = await fakeFormShop()
    const maps = ['mug', 'vase'].map((slug) => `<url><loc><![CDATA[https://www.shop.example/p/${slug}]]></loc></url>`)
    shop.serve('/robots.txt', { body: 'User-agent: *\nSitemap: https://www.shop.example/maps/products.xml' })
    shop.serve('/maps/products.xml', { body: `<urlset>${maps.join('')}</urlset>` })
    const cart = { url: '/basket', currency: 'EUR', line: '.line', quantity: '.qty@value', price: '.price' }
    const settings = ['form=form.buy', 'fields={"quantity":"qty"}', 'message=.alert', `cart=${JSON.stringify(cart)}`]
    const given = ['--platform', 'form', '--few', '/p/vase=2', '--sold-out', '/p/bowl']
    const { code, said } = await run(['--url', shop.root, ...given, ...settings.flatMap((one) => ['--setting', one])])
    await shop.close()
    expect(said).toContain('products: 2 from links and the sitemap')
    expect(said).toMatch(/stores: \d+ passed, 0 failed/)
    expect(code).toBe(0)
  })

  it('says what is wrong with the command itself at once', async () => {
    expect(await run(['--url', 'shop.example'])).toMatchObject({
      code: 2,
      said: expect.stringContaining('is no address'),
    })
    const lost = await run(['--url', odd.url, '--storage', '/nowhere.json'])
    expect(lost).toMatchObject({ code: 2, said: expect.stringContaining('--storage: there is no file /nowhere.json') })
    expect(await run(['--only', 'amazon'])).toMatchObject({ code: 2, said: expect.stringContaining('one of vendure') })
    expect(await run(['--help'])).toMatchObject({ code: 0, said: expect.stringContaining('--badge') })
  })
})

import type { FakeGoods } from './fake-goods.ts'
import { fakeGoods } from './fake-goods.ts'
import { type FakeShop, type ShopAnswer, type ShopRequest, shopPage, startFakeShop } from './fake-shop.ts'

/** The public token of the fake's REST API. */
export const ECWID_TOKEN = 'public_fake'

/** What the fake script is made of: texts that last as long as the page, or longer. */
export interface PageMemory {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

interface Line {
  quantity: number
  options: Record<string, string>
  product: { id: number; name: string; price: number }
}

/**
 * A fake of the object that Ecwid's script puts on a page, written from its documentation: callbacks, one cart per browser, a bare "no" for
 * what is not in stock, nothing added of what is too much. It stands by itself, so that its text can be put into a page.
 */
export function fakeEcwid(goods: readonly FakeGoods[], memory: PageMemory) {
  const read = (): Line[] => JSON.parse(memory.getItem('fake-ecwid') ?? '[]')
  const told: ((cart: object) => void)[] = []
  const present = (lines: Line[]) => ({
    items: lines,
    productsQuantity: lines.reduce((sum, { quantity }) => sum + quantity, 0),
  })
  const write = (lines: Line[]) => {
    memory.setItem('fake-ecwid', JSON.stringify(lines))
    for (const run of told) run(present(lines))
  }
  const pieceOf = (id: number, options: Record<string, string>) =>
    goods
      .find((product) => product.id === id)
      ?.pieces.find((piece) => Object.entries(piece.options).every(([name, value]) => options[name] === value))
  const isSame = (line: Line, id: number, options: Record<string, string>) =>
    line.product.id === id && JSON.stringify(line.options) === JSON.stringify(options)
  const fake = {
    /** Told of, in the order of coming. */
    asked: [] as string[],
    /** The next add is committed, and answered with a "no". */
    isAnswerLost: false,
    getOwnerId: () => 1,
    openPage: (page: string) => void fake.asked.push(`open ${page}`),
    OnAPILoaded: { add: (run: () => void) => run() },
    OnCartChanged: { add: (run: (cart: object) => void) => void told.push(run) },
    Cart: {
      get: (run: (cart: object) => void) => void setTimeout(() => run(present(read())), 0),
      addProduct(wish: {
        id: number
        quantity: number
        options?: Record<string, string>
        callback?: (...said: unknown[]) => void
      }) {
        fake.asked.push('add')
        const { id, quantity, options = {}, callback } = wish
        const lines = read()
        const piece = pieceOf(id, options)
        const line = lines.find((one) => isSame(one, id, options))
        const wanted = quantity + (line?.quantity ?? 0)
        const isDone = !!piece && wanted <= piece.stock
        const kept = Math.min(wanted, piece?.most ?? wanted)
        if (isDone && line) line.quantity = kept
        if (isDone && !line) {
          const name = goods.find((product) => product.id === id)?.title ?? ''
          lines.push({ quantity: kept, options, product: { id, name, price: piece.cents / 100 } })
        }
        const isLost = fake.isAnswerLost
        fake.isAnswerLost = false
        setTimeout(() => {
          if (isDone) write(lines)
          callback?.(isDone && !isLost, isDone ? { id } : null, present(lines))
        }, 0)
      },
      removeProduct(index: number, run?: () => void) {
        const lines = read()
        lines.splice(index, 1)
        write(lines)
        setTimeout(() => run?.(), 0)
      },
      gotoCheckout: () => void fake.asked.push('checkout'),
    },
  }
  return fake
}

/** Serves a page with the fake script, and a fake of the REST API that a public token may read; `settings` are the bridge's for it. */
export async function startFakeEcwid({
  goods = fakeGoods(),
  currency = 'EUR',
} = {}): Promise<FakeShop & { readonly settings: Readonly<Record<string, string>> }> {
  const shop = await startFakeShop({
    goods,
    isAdd: () => false,
    errorInside: {},
    answer(request) {
      if (request.path === '/') return { body: page(goods) }
      return rest(request, goods, currency)
    },
  })
  return { ...shop, settings: { token: ECWID_TOKEN, api: `${shop.url}api/v3` } }
}

function rest({ path, headers }: ShopRequest, goods: FakeGoods[], currency: string): ShopAnswer | undefined {
  if (!path.startsWith('/api/v3/1/')) return undefined
  if (headers.authorization !== `Bearer ${ECWID_TOKEN}`) return { status: 403, body: { errorMessage: 'no access' } }
  if (path.endsWith('/profile')) return { body: { formatsAndUnits: { currency } } }
  const product = goods.find(({ id }) => path === `/api/v3/1/products/${id}`)
  if (!product) return { status: 404, body: { errorMessage: 'Product not found' } }
  const [base] = product.pieces
  const names = Object.keys(base?.options ?? {})
  const stockOf = (stock: number) => ({ quantity: stock, unlimited: false, inStock: stock > 0 })
  return {
    body: {
      ...{ id: product.id, name: product.title, enabled: true, sku: base?.sku, price: (base?.cents ?? 0) / 100 },
      ...{
        compareToPrice: base?.wasCents && base.wasCents / 100,
        imageUrl: `https://cdn.example/${product.handle}.jpg`,
      },
      ...(names.length ? { inStock: true } : stockOf(base?.stock ?? 0)),
      url: `https://shop.example/p/${product.id}`,
      options: names.map((name) => ({
        ...{ name, type: 'SELECT' },
        choices: [...new Set(product.pieces.map(({ options }) => options[name]))].map((text) => ({
          text,
          priceModifier: 0,
        })),
      })),
      combinations: names.length
        ? product.pieces.map((piece) => ({
            ...{ id: piece.id, sku: piece.sku, price: piece.cents / 100, ...stockOf(piece.stock) },
            options: Object.entries(piece.options).map(([name, value]) => ({ name, value })),
          }))
        : [],
    },
  }
}

const page = (goods: FakeGoods[]) =>
  shopPage(
    `<script src="/app.ecwid.com/script.js"></script><script>window.Ecwid = (${fakeEcwid})(${JSON.stringify(goods)}, localStorage)</script>`,
    goods.map(({ id, title }) => `<a href="#!/p/${id}">${title}</a>`).join(' '),
  )

import { type FakeGoods, fakeGoods } from './fake-goods.ts'
import { type FakeShop, shopPage, startFakeShop } from './fake-shop.ts'

interface Line {
  name?: string
  price: number
  quantity: number
  amount: number
  uid?: string
  inv?: number
  options?: { variant: string }[]
}

/**
 * A fake of the globals that Tilda's cart block puts on a page, written from its script: a cart in `localStorage`, an `alert` where a line that is
 * there already has all that is left, any quantity of a new line, the block that opens by itself. It stands by itself, so that its text can be put
 * into a page.
 */
export function fakeTilda(page: Window & typeof globalThis) {
  const load = () => JSON.parse(page.localStorage.getItem('tcart') ?? 'null') ?? { products: [] }
  const cart: { products: Line[]; total?: number; prodamount?: number } = load()
  const fake = {
    tcart: cart,
    /** What the block was asked to do. */
    tcart_fake: { opened: 0, adds: 0, most: Number.POSITIVE_INFINITY },
    tcart__roundPrice: (sum: number) => Math.round(sum * 100) / 100,
    tcart__saveLocalObj: () => page.localStorage.setItem('tcart', JSON.stringify(cart)),
    tcart__syncProductsObject__LStoObj() {
      cart.products = load().products
      fake.tcart__updateTotalProductsinCartObj()
    },
    tcart__updateTotalProductsinCartObj() {
      const lines = cart.products.filter(({ name }) => name !== undefined)
      cart.total = lines.reduce((sum, { quantity }) => sum + Number(quantity), 0)
      cart.prodamount = lines.reduce((sum, { amount }) => sum + Number(amount), 0)
    },
    tcart__reDrawCartIcon() {
      const counter = page.document.querySelector('.t706__carticon-counter')
      if (counter) counter.textContent = `${cart.total ?? 0}`
    },
    tcart__reDrawProducts() {},
    tcart__reDrawTotal() {},
    tcart__openCart() {
      fake.tcart_fake.opened += 1
    },
    tcart__addProduct(wish: Line) {
      fake.tcart_fake.adds += 1
      fake.tcart__syncProductsObject__LStoObj()
      const variants = (line: Line) => (line.options ?? []).map(({ variant }) => variant).join()
      const line = cart.products.find((one) => one.uid === wish.uid && variants(one) === variants(wish))
      if (line) {
        const wanted = Number(line.quantity) + Number(wish.quantity)
        const most = wish.inv ?? wanted
        if (wanted > most) page.alert('Sorry, limit reached')
        line.quantity = Math.min(wanted, most, fake.tcart_fake.most)
        line.amount = line.price * line.quantity
      } else cart.products.push({ ...wish, amount: wish.price * wish.quantity })
      fake.tcart__updateTotalProductsinCartObj()
      fake.tcart__reDrawCartIcon()
      fake.tcart__saveLocalObj()
      const block = page.document.querySelector('.t706')
      if (block?.getAttribute('data-opencart-onorder') === 'yes') fake.tcart__openCart()
    },
  }
  fake.tcart__updateTotalProductsinCartObj()
  return fake
}

/** The markup of the cart block and of a store block. */
export const tildaBlocks = (currency: string): string =>
  `<div class="t706" data-opencart-onorder="yes" data-project-currency-code="${currency}"><div class="t706__carticon"><div class="t706__carticon-counter">0</div></div></div><script type="text/plain">t_store_init('55', {storepart:'777', previewmode:'yes'})</script>`

/** Serves a page with the fake globals, and a fake of the catalogue that Tilda's store blocks read; `settings` are the bridge's for it. */
export async function startFakeTilda({
  goods = fakeGoods(),
  currency = 'EUR',
} = {}): Promise<FakeShop & { readonly settings: Readonly<Record<string, string>> }> {
  const shop = await startFakeShop({
    goods,
    isAdd: () => false,
    errorInside: {},
    answer({ path, query }) {
      if (path === '/') return { body: page(currency) }
      if (path !== '/api/getproductslist/' || query.get('storepartuid') !== '777') return undefined
      return {
        body: { total: goods.length, products: goods.map(present) },
        headers: { 'access-control-allow-origin': '*' },
      }
    },
  })
  return { ...shop, settings: { api: shop.url.slice(0, -1), storePart: '777' } }
}

function present({ id, handle, title, pieces }: FakeGoods) {
  const names = Object.keys(pieces[0]?.options ?? {})
  const isOne = !names.length
  return {
    ...{
      uid: isOne ? `${pieces[0]?.id}` : `${id}`,
      title,
      url: `https://shop.example/tproduct/${handle}`,
      externalid: handle,
    },
    gallery: JSON.stringify([{ img: `https://cdn.example/${handle}.jpg` }]),
    json_options: names.length ? JSON.stringify(names.map((name) => ({ title: name }))) : '',
    editions: pieces.map((piece) => ({
      ...{ uid: `${piece.id}`, sku: piece.sku, price: `${(piece.cents / 100).toFixed(4)}`, img: '' },
      priceold: piece.wasCents ? `${piece.wasCents / 100}` : '',
      // Plenty is not counted.
      quantity: piece.stock > 50 ? '' : `${piece.stock}`,
      ...piece.options,
    })),
  }
}

const page = (currency: string) =>
  shopPage(
    '<script src="/static.tildacdn.com/js/tilda-cart-1.1.min.js"></script>',
    `${tildaBlocks(currency)}<script>Object.assign(window, (${fakeTilda})(window))</script>`,
  )

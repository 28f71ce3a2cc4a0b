import {
  afterCodes,
  type FakeCart,
  type FakeGoods,
  type FakeLine,
  type FakePiece,
  fakeGoods,
  lineFor,
  pieceOf,
  setLine,
  sumOf,
} from './fake-goods.ts'
import { type FakeShop, type ShopAnswer, type ShopRequest, shopPage, startFakeShop } from './fake-shop.ts'

/** A fake 1C-Bitrix shop that can let a session end. */
export interface FakeBitrix extends FakeShop {
  readonly expireSession: () => void
}

/**
 * A fake 1C-Bitrix: what `catalog.element` and `sale.basket.basket` answer and print, written from their source. Its literals are quoted
 * singly, as old cores' are; it adds all or nothing.
 */
export async function startFakeBitrix({
  goods = fakeGoods(),
  currency = 'RUB',
  isJson = false,
} = {}): Promise<FakeBitrix> {
  let session = 'abc1'
  const print = (value: unknown): string => (isJson ? JSON.stringify(value) : php(value))
  const shop = await startFakeShop({
    goods,
    isAdd: ({ form }) => form.get('action') === 'ADD2BASKET',
    errorInside: { body: php({ STATUS: 'ERROR', MESSAGE: 'Магазин <b>не</b> может &amp; не хочет' }) },
    answer(request) {
      const { path, form, cart } = request
      if (path === '/') return { body: page(goods, session) }
      if (path === '/personal/cart/') return { body: basketPage(cart, currency, session) }
      if (path === '/bitrix/components/bitrix/sale.basket.basket/ajax.php') {
        // A session that ended gets nothing at all.
        if (form.get('sessid') !== session || form.get('template') !== 'signed.template') return { body: '' }
        return { body: { BASKET_DATA: recalculate(request, currency), CHANGED_BASKET_ITEMS: [] } }
      }
      const product = goods.find(({ handle }) => path === `/catalog/${handle}/`)
      if (form.get('action') !== 'ADD2BASKET') return product && { body: productPage(product, currency) }
      return { body: print(add(request, goods)), headers: { 'content-type': 'application/json' } }
    },
  })
  return {
    ...shop,
    expireSession() {
      session = 'abc2'
    },
  }
}

/** A value as `CUtil::PhpToJSObject` prints it. */
function php(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(php).join(',')}]`
  if (typeof value === 'object' && value) {
    return `{${Object.entries(value)
      .map(([key, one]) => `'${key}':${php(one)}`)
      .join(',')}}`
  }
  if (typeof value === 'boolean') return `${value}`
  return `'${`${value ?? ''}`.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('"', '\\"').replaceAll('</', '<\\/')}'`
}

function add({ form, query, cart }: ShopRequest, goods: FakeGoods[]) {
  const found = query.get('id') === form.get('id') ? pieceOf(goods, Number(form.get('id'))) : undefined
  if (!found) return { STATUS: 'ERROR', MESSAGE: 'Элемент не найден' }
  const held = cart.lines.find(({ piece }) => piece === found.piece)?.quantity ?? 0
  const wanted = held + Number(form.get('quantity'))
  if (wanted > found.piece.stock) return { STATUS: 'ERROR', MESSAGE: `Недостаточно &quot;${found.product.title}&quot;` }
  setLine(cart, lineFor(cart, found), wanted)
  return { STATUS: 'OK', MESSAGE: 'Товар успешно добавлен в корзину' }
}

function recalculate({ form, cart }: ShopRequest, currency: string) {
  const coupon = form.get('basket[coupon]')
  if (coupon !== null) cart.codes = [coupon]
  for (const [key, value] of form) {
    const [, verb, id] = /^basket\[(QUANTITY|DELETE)_(\d+)\]$/.exec(key) ?? []
    const line = cart.lines.find(({ piece }) => `${piece.id + 700}` === id)
    if (line) setLine(cart, line, verb === 'DELETE' ? 0 : Math.min(Number(value), line.piece.stock))
  }
  return present(cart, currency)
}

const present = (cart: FakeCart, currency: string) => ({
  BASKET_ITEM_RENDER_DATA: cart.lines.map((line) => presentLine(line, currency)),
  TOTAL_RENDER_DATA: { PRICE: afterCodes(sumOf(cart), cart) / 100, CURRENCY: currency },
  allSum: afterCodes(sumOf(cart), cart) / 100,
  CURRENCY: currency,
  COUPON_LIST: cart.codes.map((COUPON) => ({ COUPON, JS_STATUS: COUPON === 'TEN' ? 'APPLYED' : 'BAD' })),
})

const presentLine = ({ product, piece, quantity }: FakeLine, currency: string) => ({
  ID: `${piece.id + 700}`,
  PRODUCT_ID: `${piece.id}`,
  NAME: product.title.replace('&', '&amp;'),
  QUANTITY: quantity,
  CURRENCY: currency,
  PRICE: piece.cents / 100,
  SUM_PRICE: (piece.cents * quantity) / 100,
  DETAIL_PAGE_URL: `/catalog/${product.handle}/`,
  IMAGE_URL: `/upload/${product.handle}.jpg`,
  DELAYED: false,
  PROPS: Object.entries(piece.options).map(([NAME, VALUE]) => ({ NAME, VALUE })),
})

function basketPage(cart: FakeCart, currency: string, session: string): string {
  const messages = `<script>(window.BX||top.BX).message({'LANGUAGE_ID':'ru','bitrix_sessid':'${session}'});</script>`
  if (!cart.lines.length) return shopPage(messages, '<div class="bx-sbb-empty-cart-container">Ваша корзина пуста</div>')
  const script = `BX.Sale.BasketComponent.init({
    result: ${php(present(cart, currency))},
    params: ${php({ ACTION_VARIABLE: 'basketAction' })},
    template: 'signed.template',
    signedParamsString: 'signed.params',
    siteId: 's1',
    siteTemplateId: 'eshop',
    templateFolder: '/bitrix/templates/x'
  });`
  return shopPage(messages, `<div id="basket-root"></div><script>${script}</script>`)
}

const offer = (piece: FakePiece, currency: string) => ({
  ID: `${piece.id}`,
  NAME: piece.sku,
  CAN_BUY: piece.stock > 0,
  CHECK_QUANTITY: true,
  MAX_QUANTITY: `${piece.stock}`,
  ITEM_PRICES: [{ PRICE: piece.cents / 100, BASE_PRICE: (piece.wasCents ?? piece.cents) / 100, CURRENCY: currency }],
  TREE: Object.fromEntries(
    Object.entries(piece.options).map(([name, value]) => [`PROP_${name.length}`, `${value.length}`]),
  ),
})

/** A stand-in for the tree: an axis is as many as its name has letters, a value likewise; "S" and "M" are told apart by a digit. */
function productPage({ handle, pieces }: FakeGoods, currency: string): ShopAnswer['body'] {
  const base = pieces[0]
  if (!base) return ''
  const names = Object.keys(base.options)
  const numberOf = (value: string) => (value === 'M' ? 9 : value.length)
  const offers = pieces.map((piece) => ({
    ...offer(piece, currency),
    TREE: Object.fromEntries(
      Object.entries(piece.options).map(([name, value]) => [`PROP_${name.length}`, `${numberOf(value)}`]),
    ),
  }))
  const tree = names.map((name) => {
    const values = [...new Set(pieces.map(({ options }) => options[name] ?? ''))]
    const items = values.map(
      (value) =>
        `<li title="${name}: ${value}" data-treevalue="${name.length}_${numberOf(value)}" data-onevalue="1"></li>`,
    )
    return `<div class="product-item-detail-info-container"><div class="title">${name}</div><ul>${items.join('')}</ul></div>`
  })
  const element = names.length ? { PRODUCT: { ID: '4' }, OFFERS: offers } : { PRODUCT: offer(base, currency) }
  return shopPage(
    `<meta property="og:image" content="https://cdn.example/${handle}.jpg">`,
    `<span itemprop="offers" itemscope><meta itemprop="price" content="${base.cents / 100}"><meta itemprop="priceCurrency" content="${currency}"><link itemprop="availability" href="http://schema.org/${base.stock ? 'InStock' : 'OutOfStock'}"></span>${tree.join('')}<script>var obbx = new JCCatalogElement(${php(element)});</script>`,
  )
}

const page = (goods: FakeGoods[], session: string) =>
  shopPage(
    `<script src="/bitrix/js/main/core/core.min.js"></script><script>window.BX={bitrix_sessid:()=>'${session}',onCustomEvent(){},addCustomEvent(){}}</script>`,
    goods.map(({ handle, title }) => `<a href="/catalog/${handle}/">${title}</a>`).join(' '),
  )

import { formatMoney } from '../../src/model/money.ts'
import type { ProductView } from '../../src/state/product-view.ts'
import { ADDS } from './platforms.ts'
import type { Meant } from './test-store.ts'

/** A product as the store told of it, in words. */
export const describe = ({ product, price, available, stock }: ProductView) =>
  `${typeof product.title === 'string' ? product.title : product.id} (${[
    price ? formatMoney(price, 'en') : 'no price',
    available ? (stock === undefined ? '' : `${stock} left`) : 'sold out',
    (product.variants?.length ?? 0) > 1 ? `${product.variants?.length} versions` : '',
  ]
    .filter(Boolean)
    .join(', ')})`

/** Which product serves which test. */
export function rolesOf(views: readonly ProductView[]) {
  const buyable = views.filter(({ available, product }) => available && (product.action ?? 'cart') === 'cart')
  const isChoice = ({ product }: ProductView) => (product.variants?.length ?? 0) > 1
  const isFew = ({ stock }: ProductView) => stock !== undefined && stock >= 1 && stock <= 6
  const isPlenty = (view: ProductView) => view.stock === undefined || view.stock > 6
  const simple = buyable.filter((view) => !isChoice(view))
  const few = simple.find(isFew)
  return {
    plain: (simple.find(isPlenty) ?? buyable.find(isPlenty) ?? simple[0] ?? buyable[0])?.id,
    choice: buyable.find(isChoice)?.id,
    soldOut: views.find(({ available }) => !available)?.id,
    few: few && { id: few.id, pieces: few.stock ?? 1 },
  }
}

/** The product that the reader says is nearly gone. */
export function fewOf({ few }: { readonly few?: string }, idOf: (name: string | undefined) => string | undefined) {
  const [, name, pieces] = /^(.*)=(\d+)$/.exec(few ?? '') ?? []
  const id = idOf(name)
  return id && pieces ? { id, pieces: Number(pieces) } : undefined
}

/** Which requests add on this platform; `undefined`: it is not known. */
export function isAddOf(platform: string): Meant | undefined {
  const pattern = ADDS[platform]
  return pattern && ((method, url, body) => WRITES.has(method) && pattern.test(`${method} ${url} ${body}`))
}

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** What cannot be tested, and what would help. */
export function untested(known: {
  choice: string | undefined
  soldOut: string | undefined
  few: object | undefined
  cannot: readonly string[]
  isAdd: Meant | undefined
  platform: string
  /** A Shopify theme has taken the adding over. */
  byTheme?: boolean
}): string[] {
  const { choice, soldOut, few, cannot, isAdd, platform, byTheme } = known
  const lines = [
    !choice && 'choosing a version: no product with versions among these (--product <its page>)',
    !soldOut && 'sold out: the store tells it of none of these (--sold-out <its page>, where it tells at all)',
    !few && 'more than there is: of none of these the store tells few pieces (--few <its page>=<pieces>)',
    cannot.includes('price') && `the price: ${platform} tells it nobody without a setting (docs/carts.md)`,
    cannot.includes('read') && `the cart on screen: ${platform} has no cart that a page may read`,
    cannot.includes('change') &&
      `changing and removing: ${platform} has no way to do it from a page; what was added stays in the cart of the guest that each test is`,
    cannot.includes('many') &&
      'several pieces at a time: the form has no field of that name (where its name is another: --setting fields={"quantity":"…"})',
    cannot.includes('checkout') && `the way to the checkout: ${platform} gives no address of it`,
    !isAdd &&
      `a lost answer: ${byTheme ? 'this theme adds by an action of its own (Shopify.actions.updateCart), whose requests nobody knows' : `in ${platform} adding is no request that is known`}`,
  ]
  return lines.filter((line) => line !== false).map((line) => `not tested: ${line}`)
}

import { type Cart, type CartLine, type CartResult, cartSchema } from '../model/cart.ts'
import { catalogueSchema, type ProductInput } from '../model/product.ts'
import { type BasketOptions, type Call, createBasketStore, PATIENCE } from './basket-store.ts'
import type { Intent } from './carry-out.ts'
import { createLocks } from './locks.ts'

/** The cart as the widget drives it. Nothing rejects: every breakage is an outcome with a reason. */
export interface Basket {
  /** One intent, one request: a second add of a line that is under way gets the first one's result. */
  add(line: CartLine): Promise<CartResult>
  /** Sets a line's quantity (0 removes); the newest wish wins. */
  update(lineId: string, quantity: number): Promise<CartResult>
  applyVoucher(code: string): Promise<CartResult>
  /** Reads the store's cart; the last one known where it cannot be read. */
  refresh(): Promise<Cart | null>
  /**
   * The store's truth for these products; as they are where the bridge has no catalogue; `null`: the store does not answer.
   * @param onSilent told of each that it does not answer for while it does for others
   */
  products(list: readonly ProductInput[], onSilent?: (id: string) => void): Promise<readonly ProductInput[] | null>
  /** Leaves for the checkout; false: it could not. */
  checkout(): Promise<boolean>
  readonly can: {
    readonly readCart: boolean
    readonly changeCart: boolean
    readonly checkout: boolean
    readonly voucher: boolean
  }
}

/** The key of a product, or of one variant of it, in {@link BasketOptions.onBusy}. */
export const lineKey = ({ productId, variantId }: Pick<CartLine, 'productId' | 'variantId'>): string =>
  variantId ? `${productId}/${variantId}` : productId

/**
 * The cart core above every bridge: writes one after the other, one idempotency key and one lock per intent, one safe retry of
 * what the store put off, and after a lost or refused answer the store's cart, read again, decides.
 */
export function createBasket(options: BasketOptions): Basket {
  const { bridge, signal } = options
  const store = createBasketStore(options)
  const hold = createLocks<CartResult>(store.inTurn, (keys) => signal.aborted || options.onBusy(keys))
  const wish = (key: string, mark: string, intent: Intent) =>
    hold(key, mark, async () => {
      try {
        return await (await carryOutOf()).carryOut(store, intent)
      } catch (cause) {
        options.onError?.(cause)
        return { outcome: 'rejected', reason: 'unreachable' }
      }
    })

  const unwatch = bridge.watch?.((next) => {
    if (next) store.learn(next)
    else if (bridge.read) void store.refresh()
    else store.learn(null)
  })
  if (unwatch) signal.addEventListener('abort', unwatch)

  return {
    add: (line) => wish(lineKey(line), 'add', { line }),
    update: (lineId, quantity) => wish(lineId, `${quantity}`, { lineId, quantity }),
    applyVoucher: (code) => wish('voucher', code, { code }),
    refresh() {
      const cart = store.refresh()
      // So that the first click need not wait for it; where it fails, the click tries again.
      cart.then(carryOutOf).catch(() => {})
      return cart
    },
    async products(list, tell) {
      if (!bridge.products) return list
      const onSilent = (id: string, cause: unknown) => {
        tell?.(id)
        options.onError?.(cause)
      }
      const call: Call = (context) => bridge.products?.(list, { ...context, onSilent })
      return (await store.ask(catalogueSchema, call, { patience: PATIENCE * (1 + list.length / 10) })) ?? null
    },
    async checkout() {
      const cart = store.cart() ?? (await store.refresh())
      if (!cart || !bridge.checkout) return false
      return (
        (await store.ask(cartSchema, async () => {
          await bridge.checkout?.(cart)
          return cart
        })) !== undefined
      )
    },
    can: {
      readCart: !!bridge.read,
      changeCart: !!bridge.update,
      checkout: !!bridge.checkout,
      voucher: !!bridge.applyVoucher,
    },
  }
}

const carryOutOf = () => import('./carry-out.ts')

import { createSerial } from '../lib/serial.ts'
import { within } from '../lib/within.ts'
import {
  type Cart,
  type CartBridge,
  type CartContext,
  type CartLine,
  type CartResult,
  cartItemSchema,
  cartSchema,
} from '../model/cart.ts'
import { check, parse, type Schema } from '../model/parse.ts'
import { catalogueSchema, type ProductInput, productSchema } from '../model/product.ts'
import { createLocks } from './locks.ts'
import { type MakeChannel, mirror } from './mirror.ts'

/** Milliseconds a store may take before its answer counts as lost; for its products as many again for every ten. */
const PATIENCE = 20_000

/** What a basket is made of. */
export interface BasketOptions {
  readonly bridge: CartBridge
  readonly context: Omit<CartContext, 'signal' | 'idempotencyKey' | 'onSilent'>
  /** Ends everything; what is under way is answered `unreachable` and told to nobody. */
  readonly signal: AbortSignal
  /** The store's cart, each time it is known anew; `null`: it changed and cannot be read. */
  readonly onChange: (cart: Cart | null) => void
  /** Keys of what is under way: {@link lineKey} of an add, the line's id of a change, `voucher`. */
  readonly onBusy: (keys: readonly string[]) => void
  /** What a bridge threw, for the developer. Refusals are not errors. */
  readonly onError?: ((cause: unknown) => void) | undefined
  /** Absent: BroadcastChannel, opened at first use. */
  readonly channel?: MakeChannel | undefined
}

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
  const store = createStore(options)
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
    refresh: store.refresh,
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

/** What a store answers, less what is odd in it: a product or a line that is none is told, and costs the others nothing. */
function sound(answer: unknown, options: BasketOptions): unknown {
  if (Array.isArray(answer)) return soundOnes(productSchema, answer, options)
  const { items, cart } = (answer ?? {}) as { items?: unknown; cart?: unknown }
  if (Array.isArray(items)) return { ...(answer as object), items: soundOnes(cartItemSchema, items, options) }
  return cart ? { ...(answer as object), cart: sound(cart, options) } : answer
}

/** Where none is one, the answer is judged as a whole. */
function soundOnes<T>(schema: Schema<T>, list: readonly unknown[], { onError }: BasketOptions): readonly unknown[] {
  const checks = list.map((one) => check(schema, one))
  if (!checks.some(({ ok }) => ok)) return list
  return list.filter((_, place) => {
    const checked = checks[place]
    if (checked && !checked.ok) onError?.(new Error(`[castcart] of the store’s answer${checked.problem}`))
    return checked?.ok
  })
}

const carryOutOf = () => import('./carry-out.ts')

/** What is known of the store's cart, and the ways to ask the store. */
export interface Store {
  readonly options: BasketOptions
  readonly inTurn: <T>(run: () => Promise<T>) => Promise<T>
  cart(): Cart | null
  learn(cart: Cart | null): void
  /** Has the other tabs ask the store as well. */
  spread(cart: Cart): void
  /** `undefined`: breakage, told to the developer, or the end. */
  ask<T>(schema: Schema<T>, call: Call, how?: { key?: string; patience?: number }): Promise<T | undefined>
  read(): Promise<Cart | undefined>
  refresh(): Promise<Cart | null>
}
/** What a viewer wishes: a line in the cart, another quantity of one, or a code to count. */
export type Intent =
  | { readonly line: CartLine }
  | { readonly lineId: string; readonly quantity: number }
  | { readonly code: string }
/** One request to the store through the bridge. */
export type Call = (context: CartContext) => Promise<unknown> | undefined

function createStore(options: BasketOptions): Store {
  const { bridge, signal } = options
  const { fetch, ...rest } = options.context
  // Bound, since a window's own fetch cannot be called as a method.
  const context = { ...rest, fetch: ((input, init) => fetch(input, init)) as typeof globalThis.fetch }
  const inTurn = createSerial()
  let cart: Cart | null = null
  let waiting: Promise<Cart | null> | undefined

  const learn = (next: Cart | null) => {
    if (signal.aborted) return
    cart = next
    options.onChange(cart)
  }
  const others = mirror({
    name: `castcart:${bridge.name}`,
    signal,
    channel: options.channel,
    onNews: () => void refresh(),
  })
  const ask: Store['ask'] = async (schema, call, { key: idempotencyKey, patience = PATIENCE } = {}) => {
    try {
      return await within(patience, signal, async (inner) =>
        parse(
          schema,
          sound(await call({ ...context, signal: inner, idempotencyKey }), options),
          'no-cart',
          bridge.name,
        ),
      )
    } catch (cause) {
      if (!signal.aborted) options.onError?.(cause)
      return undefined
    }
  }
  const read = async () => (bridge.read ? ask(cartSchema, (inner) => bridge.read?.(inner)) : undefined)
  const refresh = () => {
    others.open()
    waiting ??= inTurn(async () => {
      // From here on a change asks for another read.
      waiting = undefined
      const now = await read()
      if (now) learn(now)
      // So that the first click need not wait for it; where it fails, the click tries again.
      carryOutOf().catch(() => {})
      return cart
    })
    return waiting
  }
  const spread = (next: Cart) => {
    learn(next)
    others.post()
  }
  return { options, inTurn, cart: () => cart, learn, spread, ask, read, refresh }
}

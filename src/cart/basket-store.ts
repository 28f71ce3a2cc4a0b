import { createSerial } from '../lib/serial.ts'
import { within } from '../lib/within.ts'
import { type Cart, type CartBridge, type CartContext, cartItemSchema, cartSchema } from '../model/cart.ts'
import { check, parse, type Schema } from '../model/parse.ts'
import { productSchema } from '../model/product.ts'
import { type MakeChannel, mirror } from './mirror.ts'

/** Milliseconds a store may take before its answer counts as lost; for its products as many again for every ten. */
export const PATIENCE = 20_000

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

/** One request to the store through the bridge. */
export type Call = (context: CartContext) => Promise<unknown> | undefined

/** What is known of the store's cart, and the ways to ask the store. */
export interface BasketStore {
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

/** Makes what asks the store, through its bridge. */
export function createBasketStore(options: BasketOptions): BasketStore {
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
  const ask: BasketStore['ask'] = async (schema, call, { key: idempotencyKey, patience = PATIENCE } = {}) => {
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

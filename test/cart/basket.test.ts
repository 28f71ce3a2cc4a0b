import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createBasket, lineKey } from '../../src/cart/basket.ts'
import type { BasketOptions } from '../../src/cart/basket-store.ts'
import type { Channel } from '../../src/cart/mirror.ts'
import type { Cart, CartBridge, CartContext, CartLine, CartResult } from '../../src/model/cart.ts'

const EUR = (amount: number) => ({ amount, currency: 'EUR' })
const line = (productId: string, quantity = 1): CartLine => ({ productId, ref: {}, quantity })
const cartOf = (...items: [id: string, quantity: number][]): Cart => ({
  items: items
    .filter(([, quantity]) => quantity > 0)
    .map(([id, quantity]) => ({ id, productId: id, title: id, quantity, price: EUR(100), total: EUR(100 * quantity) })),
  quantity: items.reduce((sum, [, quantity]) => sum + quantity, 0),
  total: EUR(items.reduce((sum, [, quantity]) => sum + 100 * quantity, 0)),
})

function open(bridge: Omit<CartBridge, 'name'>, more: Partial<BasketOptions> = {}) {
  const end = new AbortController()
  const seen: (Cart | null)[] = []
  const busy: (readonly string[])[] = []
  const errors: unknown[] = []
  const basket = createBasket({
    bridge: { name: 'test', ...bridge },
    context: { fetch, locale: 'en' },
    signal: end.signal,
    onChange: (cart) => seen.push(cart),
    onBusy: (keys) => busy.push(keys),
    onError: (cause) => errors.push(cause),
    channel: () => undefined,
    ...more,
  })
  return { basket, end, seen, busy, errors }
}

describe('createBasket', () => {
  afterEach(() => vi.useRealTimers())

  it('tells what is under way by key, and that it is over', async () => {
    const { basket, busy } = open({ add: async () => ({ outcome: 'added', cart: cartOf(['a', 1]), quantity: 1 }) })
    const coat = { ...line('coat'), variantId: 'm' }
    await Promise.all([basket.add(line('a')), basket.add(coat)])
    expect(busy).toEqual([['a'], ['a', 'coat/m'], ['coat/m'], []])
    expect(lineKey(coat)).toBe('coat/m')
  })

  it('believes a bridge that counts, whatever was put in elsewhere since the cart was seen', async () => {
    let held = 0
    const cart = () => cartOf(['mug', held])
    const { basket } = open({
      counts: true,
      read: async () => cart(),
      add: async () => ({ outcome: 'rejected', reason: 'limit-reached', cart: cart() }),
    })
    await basket.refresh()
    held = 1
    expect(await basket.add(line('mug', 2))).toMatchObject({ outcome: 'rejected', reason: 'limit-reached' })
  })

  it('gives one intent one idempotency key, on its retry too', async () => {
    const keys: unknown[] = []
    const { basket } = open({
      async add(_line, { idempotencyKey }) {
        keys.push(idempotencyKey)
        return { outcome: 'rejected', reason: 'rate-limited', retryAfter: 0 }
      },
    })
    await basket.add(line('a'))
    await basket.add(line('a'))
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
    expect([keys[1] === keys[0], keys[2] === keys[0], keys[3] === keys[2]]).toEqual([true, false, true])
  })

  it('asks once more where a token had expired, and tells the viewer when that did not help', async () => {
    const keys: unknown[] = []
    const { basket } = open({
      async add(_line, { idempotencyKey }) {
        keys.push(idempotencyKey)
        if (keys.length === 2) return { outcome: 'added', cart: cartOf(['a', 1]), quantity: 1 }
        return { outcome: 'rejected', reason: 'signed-out', retryAfter: 0 }
      },
    })
    expect(await basket.add(line('a'))).toMatchObject({ outcome: 'added' })
    expect(keys[0]).toBe(keys[1])
    expect(await basket.add(line('a'))).toMatchObject({ outcome: 'rejected', reason: 'signed-out' })
    expect(keys).toHaveLength(4)
  })

  it('sends a refusal that was not put off only once', async () => {
    let calls = 0
    const { basket } = open({
      async add() {
        calls++
        return { outcome: 'rejected', reason: 'signed-out' }
      },
    })
    await basket.add(line('a'))
    expect(calls).toBe(1)
  })

  it('waits as long as the store says before the retry, and not for a store that says too long', async () => {
    vi.useFakeTimers()
    let calls = 0
    const answer = (retryAfter: number): CartResult => ({ outcome: 'rejected', reason: 'rate-limited', retryAfter })
    let wait = 3
    const { basket } = open({ add: async () => (calls++ ? answer(wait) : answer(wait)) })
    const result = basket.add(line('a'))
    await vi.advanceTimersByTimeAsync(2900)
    expect(calls).toBe(1)
    await vi.advanceTimersByTimeAsync(200)
    expect(calls).toBe(2)
    expect(await result).toMatchObject({ reason: 'rate-limited', retryAfter: 3 })
    wait = 60
    expect(await basket.add(line('b'))).toMatchObject({ reason: 'rate-limited', retryAfter: 60 })
    expect(calls).toBe(3)
  })

  it('lets a store that never answers go after 20 s, and aborts the request', async () => {
    vi.useFakeTimers()
    let signal: AbortSignal | undefined
    const { basket, busy } = open({
      add(_line, context) {
        signal = context.signal
        return new Promise(() => {})
      },
      read: async () => cartOf(),
    })
    const result = basket.add(line('a'))
    await vi.advanceTimersByTimeAsync(19_000)
    expect(signal?.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(1_100)
    expect(await result).toMatchObject({ outcome: 'rejected', reason: 'unreachable', cart: { quantity: 0 } })
    expect(signal?.aborted).toBe(true)
    expect(busy.at(-1)).toEqual([])
  })

  it('takes what the cart has gained for the part that was added, when the store only says no', async () => {
    let held = 1
    const { basket } = open({
      read: async () => cartOf(['a', held]),
      async add() {
        held = 3
        return { outcome: 'rejected', reason: 'limit-reached', message: 'Only 2 &quot;A&quot; <b>left</b>' }
      },
    })
    await basket.refresh()
    expect(await basket.add(line('a', 5))).toEqual({
      outcome: 'partial',
      quantity: 2,
      reason: 'limit-reached',
      message: 'Only 2 "A" left',
      cart: cartOf(['a', 3]),
    })
  })

  it('calls it partial where the store cut the quantity down and said nothing', async () => {
    let held = 1
    const { basket } = open({
      read: async () => cartOf(['a', held]),
      async add() {
        held = 3
        return { outcome: 'added', cart: cartOf(['a', 3]), quantity: 5 }
      },
      update: async () => ({ outcome: 'added', cart: cartOf(['a', 2]), quantity: 9 }),
    })
    await basket.refresh()
    expect(await basket.add(line('a', 5))).toMatchObject({ outcome: 'partial', quantity: 2, reason: 'limit-reached' })
    expect(await basket.update('a', 9)).toMatchObject({ outcome: 'partial', quantity: 2 })
  })

  const taking = (before: Cart, after: Cart, more: Partial<CartBridge> = {}) => {
    const asked: string[] = []
    let cart = before
    const opened = open({
      async read() {
        asked.push('read')
        return cart
      },
      async add({ quantity }) {
        asked.push('add')
        cart = after
        return { outcome: 'added', cart, quantity }
      },
      ...more,
    })
    return { ...opened, asked, change: (now: Cart) => (cart = now) }
  }

  it('reads the cart before an add only where the product may be in it', async () => {
    const other = taking(cartOf(['b', 2]), cartOf(['b', 2], ['a', 1]))
    await other.basket.refresh()
    expect(await other.basket.add(line('a'))).toMatchObject({ outcome: 'added' })
    expect(await other.basket.add(line('a'))).toMatchObject({ outcome: 'rejected', reason: 'limit-reached' })
    expect(other.asked).toEqual(['read', 'add', 'read', 'add'])
  })

  it('leaves the counting to a bridge that counts', async () => {
    const held = cartOf(['a', 2])
    const { basket, asked } = taking(held, held, { counts: true })
    await basket.refresh()
    expect(await basket.add(line('a'))).toMatchObject({ outcome: 'added', quantity: 1 })
    expect(asked).toEqual(['read', 'add'])
  })

  it('counts against the cart as it is, which may have been emptied elsewhere', async () => {
    const { basket, change } = taking(cartOf(['a', 2]), cartOf(['a', 1]))
    await basket.refresh()
    change(cartOf())
    expect(await basket.add(line('a'))).toMatchObject({ outcome: 'added', quantity: 1 })
  })

  it('sends nothing where the cart that an add must be counted against cannot be read', async () => {
    let isDown = false
    const { basket, asked } = taking(cartOf(['a', 1]), cartOf(['a', 2]), {
      async read() {
        if (isDown) throw new TypeError('lost')
        return cartOf(['a', 1])
      },
    })
    await basket.refresh()
    isDown = true
    expect(await basket.add(line('a'))).toEqual({ outcome: 'rejected', reason: 'unreachable' })
    expect(asked).toEqual([])
  })

  it('knows a line that was read before its product was known, and a bundle by the cart’s growth', async () => {
    const nameless = { ...cartOf(['a', 2]), items: cartOf(['a', 2]).items.map(({ productId: _, ...item }) => item) }
    const known = taking(nameless, cartOf(['a', 2]))
    await known.basket.refresh()
    expect(await known.basket.add(line('a'))).toMatchObject({ outcome: 'rejected', reason: 'limit-reached' })
    const bundle = taking(cartOf(['b', 1]), cartOf(['b', 1], ['its-part', 2]))
    await bundle.basket.refresh()
    expect(await bundle.basket.add(line('a'))).toMatchObject({ outcome: 'added' })
    const nothing = taking(cartOf(['b', 1]), cartOf(['b', 1]))
    await nothing.basket.refresh()
    expect(await nothing.basket.add(line('a'))).toMatchObject({ outcome: 'rejected', reason: 'refused' })
  })

  /** A cart whose lines name no product of the show, as the parts of a bundle do not. */
  const namelessOf = (...items: Parameters<typeof cartOf>): Cart => {
    const cart = cartOf(...items)
    return { ...cart, items: cart.items.map(({ productId: _, ...item }) => item) }
  }
  const joined = (one: Cart, other: Cart): Cart => ({
    ...one,
    items: [...one.items, ...other.items],
    quantity: one.quantity + other.quantity,
  })

  it.for([
    [
      'added',
      'a line beside goods removed elsewhere',
      cartOf(['b', 3]),
      joined(cartOf(['b', 1]), namelessOf(['part', 1])),
    ],
    ['added', 'more beside them', namelessOf(['x', 3], ['part', 1]), namelessOf(['part', 2])],
    ['added', 'a part that the show sells too', cartOf(['b', 1], ['c', 4]), cartOf(['b', 2], ['c', 1])],
    ['refused', 'nothing beside goods removed elsewhere', cartOf(['b', 3]), cartOf(['b', 1])],
    ['refused', 'nothing', namelessOf(['x', 3]), cartOf()],
    ['unreachable', 'fewer of a line that may be it', namelessOf(['x', 1], ['part', 3]), namelessOf(['part', 2])],
    ['unreachable', 'its own line as it was, and another', cartOf(['a', 3]), cartOf(['a', 3], ['y', 1])],
    ['unreachable', 'fewer of its own line', cartOf(['a', 5]), cartOf(['a', 1])],
  ] as const)('says %s where the store said yes and its cart shows %s', async ([expected, , before, after]) => {
    const { basket } = taking(before, after)
    await basket.refresh()
    const result = await basket.add(line('a'))
    expect(result.outcome === 'rejected' ? result.reason : result.outcome).toBe(expected)
    expect(result).toMatchObject({ cart: after })
  })

  it('claims nothing of a lost add whose line the store does not name', async () => {
    let cart = cartOf(['b', 1])
    const { basket } = open({
      read: async () => cart,
      async add() {
        cart = joined(cart, namelessOf(['part', 1]))
        throw new TypeError('lost')
      },
    })
    await basket.refresh()
    expect(await basket.add(line('a'))).toMatchObject({ outcome: 'rejected', reason: 'unreachable', cart })
  })

  it('lets the newest quantity win, and asks once for the same one', async () => {
    const asked: number[] = []
    const { basket } = open({
      add: async () => ({ outcome: 'rejected', reason: 'refused' }),
      async update(id, quantity) {
        asked.push(quantity)
        return { outcome: 'added', cart: cartOf([id, quantity]), quantity }
      },
    })
    const wishes = [4, 4, 3, 4].map((quantity) => basket.update('a', quantity))
    expect(wishes[0]).toBe(wishes[1])
    expect((await wishes[3])?.outcome).toBe('added')
    expect(asked).toEqual([4, 3, 4])
  })

  it('calls a removal done when the line is gone already', async () => {
    const { basket } = open({
      add: async () => ({ outcome: 'rejected', reason: 'refused' }),
      read: async () => cartOf(),
      update: async () => ({ outcome: 'rejected', reason: 'not-found' }),
    })
    expect(await basket.update('a', 0)).toMatchObject({ outcome: 'added', quantity: 0 })
    expect(await basket.update('a', 2)).toMatchObject({ outcome: 'rejected', reason: 'not-found' })
  })

  it('reads once for many news at a time, and once more for news that come meanwhile', async () => {
    let reads = 0
    let tell: (cart: Cart | null) => void = () => {}
    const { basket, seen, end } = open({
      add: async () => ({ outcome: 'rejected', reason: 'refused' }),
      async read() {
        if (++reads === 1) tell(null)
        return cartOf(['a', reads])
      },
      watch(onChange) {
        tell = onChange
        return () => {
          tell = () => {}
        }
      },
    })
    for (const _ of [1, 2, 3]) tell(null)
    await basket.refresh()
    await expect.poll(() => seen.at(-1)?.quantity).toBe(2)
    tell(cartOf(['b', 7]))
    expect(seen.at(-1)?.quantity).toBe(7)
    end.abort()
    tell(cartOf(['b', 8]))
    expect(seen.at(-1)?.quantity).toBe(7)
    expect(reads).toBe(2)
  })

  it('says that the cart is not known where it changed and cannot be read', () => {
    let tell: (cart: Cart | null) => void = () => {}
    const { seen } = open({
      add: async () => ({ outcome: 'rejected', reason: 'refused' }),
      watch(onChange) {
        tell = onChange
        return () => {}
      },
    })
    tell(null)
    expect(seen).toEqual([null])
  })

  it('has the other tabs ask their own store, and opens nothing before it is used', async () => {
    const tabs = fakeTabs()
    let pieces = 0
    const bridge = {
      add: async (): Promise<CartResult> => ({ outcome: 'added', cart: cartOf(['a', ++pieces]), quantity: 1 }),
      read: async () => cartOf(['a', pieces]),
    }
    const here = open(bridge, { channel: tabs.channel })
    const there = open(bridge, { channel: tabs.channel })
    // Another channel of the same shop, at an address of the same origin: its cart is not this one.
    const elsewhere = open({ ...bridge, read: async () => cartOf(['b', 5]) }, { channel: tabs.channel })
    expect(tabs.opened()).toBe(0)
    await Promise.all([there.basket.refresh(), elsewhere.basket.refresh()])
    await here.basket.add(line('a'))
    await expect.poll(() => there.seen.at(-1)).toEqual(cartOf(['a', 1]))
    await expect.poll(() => elsewhere.seen.length).toBe(2)
    expect(elsewhere.seen.at(-1)).toEqual(cartOf(['b', 5]))
    for (const one of [here, there, elsewhere]) one.end.abort()
    expect(tabs.opened()).toBe(0)
  })

  it('counts a lost add against the cart, read before it', async () => {
    let pieces = 3
    let gain = 0
    const lost = open({
      async add() {
        pieces += gain
        throw new TypeError('lost')
      },
      read: async () => cartOf(['a', pieces]),
    })
    expect(await lost.basket.add(line('a', 3))).toMatchObject({ outcome: 'rejected', reason: 'unreachable' })
    gain = 3
    expect(await lost.basket.add(line('a', 3))).toMatchObject({ outcome: 'added', quantity: 3 })
  })

  it('shows what can be shown of a cart with an odd line, and tells the developer', async () => {
    const cart = cartOf(['a', 1], ['b', 2])
    const odd = {
      ...cart,
      items: [...cart.items, { id: 'c', title: 'no price', quantity: 1, price: { amount: 0.5, currency: 'EUR' } }],
    } as unknown as Cart
    const add = async (): Promise<CartResult> => ({ outcome: 'added', cart: odd, quantity: 1 })
    const { basket, errors } = open({ add, counts: true, read: async () => odd })
    expect(await basket.refresh()).toEqual(cart)
    expect(String(errors[0])).toContain('price.amount: found 0.5')
    expect(await basket.add(line('a'))).toMatchObject({ outcome: 'added', cart })
  })

  it('takes lines by weight and with long ids', async () => {
    const cart: Cart = {
      items: [{ id: 'x'.repeat(300), title: 'Cheese', quantity: 0.4, price: EUR(2000), total: EUR(800) }],
      quantity: 0.4,
      total: EUR(800),
    }
    const { basket, errors } = open({
      add: async () => ({ outcome: 'added', cart, quantity: 0.4 }),
      read: async () => cart,
    })
    expect(await basket.refresh()).toEqual(cart)
    expect(errors).toEqual([])
  })

  it('gives the products as they are without a catalogue, and null when the store does not answer', async () => {
    const add = async (): Promise<CartResult> => ({ outcome: 'rejected', reason: 'refused' })
    const list = [{ id: 'mug', title: 'Mug' }]
    expect(await open({ add }).basket.products(list)).toBe(list)
    const silent = open({ add, products: async () => Promise.reject(new TypeError('offline')) })
    expect(await silent.basket.products(list)).toBeNull()
    const odd = open({
      add,
      products: async () => JSON.parse('[{"id":"mug","title":"Mug","price":{"amount":1e21,"currency":"EUR"}}]'),
    })
    expect(await odd.basket.products(list)).toBeNull()
    expect(String(odd.errors[0])).toMatch(/\[0\]\.price\.amount: found 1e\+21/)
  })

  it('lets one odd product cost the others nothing', async () => {
    const add = async (): Promise<CartResult> => ({ outcome: 'rejected', reason: 'refused' })
    const answer = '[{"id":"cup","title":"Cup"},{"id":"mug","title":"Mug","price":{"amount":1e21,"currency":"EUR"}}]'
    const odd = open({ add, products: async () => JSON.parse(answer) })
    expect(await odd.basket.products([{ id: 'cup', title: 'Cup' }])).toEqual([{ id: 'cup', title: 'Cup' }])
    expect(String(odd.errors[0])).toContain('price.amount: found 1e+21')
  })

  it('reads the cart before the checkout and says when it cannot go there', async () => {
    const went: Cart[] = []
    const add = async (): Promise<CartResult> => ({ outcome: 'rejected', reason: 'refused' })
    const good = open({ add, read: async () => cartOf(['a', 1]), checkout: (cart) => void went.push(cart) })
    expect(await good.basket.checkout()).toBe(true)
    expect(went).toEqual([cartOf(['a', 1])])
    expect(await open({ add }).basket.checkout()).toBe(false)
    const bad = open({ add, read: async () => cartOf(), checkout: async () => Promise.reject(new Error('no')) })
    expect(await bad.basket.checkout()).toBe(false)
  })

  it('calls fetch as a function, since a window’s own cannot be a method', async () => {
    const called: unknown[] = []
    const strict = function (this: unknown) {
      called.push(this)
      return Promise.resolve(new Response('{}'))
    } as typeof fetch
    const { basket } = open(
      {
        async add(_line, context: CartContext) {
          await context.fetch('https://shop.example/')
          return { outcome: 'rejected', reason: 'refused' }
        },
      },
      { context: { fetch: strict, locale: 'en' } },
    )
    await basket.add(line('a'))
    expect(called).toEqual([undefined])
  })

  it('adds each intent at most once, one request at a time, whatever fails in between', async () => {
    const fault = fc.constantFrom('none', 'none', 'lost-before', 'lost-after', 'put-off', 'refused')
    const wish = fc.record({ product: fc.constantFrom('a', 'b', 'c'), quantity: fc.integer({ min: 1, max: 3 }) })
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(wish, { maxLength: 8 }), fc.array(fault), async (s, wishes, faults) => {
        const store = fakeStore(faults, (label) => s.schedule(Promise.resolve(), label))
        const { basket, busy, end } = open(store.bridge)
        const results = [
          basket.refresh().then(() => null),
          ...wishes.map(({ product, quantity }) => basket.add(line(product, quantity))),
        ]
        const intents = new Set(results)
        await s.waitFor(Promise.all(results))
        const added = [...new Set(await Promise.all(intents))].reduce(
          (sum, result) => sum + (result && 'quantity' in result ? result.quantity : 0),
          0,
        )
        expect(store.overlaps()).toBe(0)
        expect(added).toBe(store.cart().quantity)
        expect(Math.max(0, ...store.commits().values())).toBeLessThanOrEqual(1)
        expect(busy.at(-1) ?? []).toEqual([])
        end.abort()
      }),
    )
  })
})

/** A store that commits by idempotency key, with faults one after the other. */
function fakeStore(faults: readonly string[], breathe: (label: string) => Promise<void>) {
  const pieces = new Map<string, number>()
  const commits = new Map<string, number>()
  const left = [...faults]
  let running = 0
  let overlaps = 0
  const cart = () => cartOf(...pieces)
  const alone = async <T>(label: string, run: () => T): Promise<T> => {
    if (running++) overlaps++
    try {
      await breathe(label)
      return run()
    } finally {
      running--
    }
  }
  const bridge: Omit<CartBridge, 'name'> = {
    read: () => alone('read', cart),
    add: ({ productId, quantity }, { idempotencyKey = '' }) =>
      alone('add', () => {
        const fault = left.shift()
        if (fault === 'put-off') return { outcome: 'rejected', reason: 'rate-limited', retryAfter: 0 }
        if (fault === 'refused') return { outcome: 'rejected', reason: 'sold-out' }
        if (fault === 'lost-before') throw new TypeError('lost')
        pieces.set(productId, (pieces.get(productId) ?? 0) + quantity)
        commits.set(idempotencyKey, (commits.get(idempotencyKey) ?? 0) + 1)
        if (fault === 'lost-after') throw new TypeError('lost')
        return { outcome: 'added', cart: cart(), quantity }
      }),
  }
  return { bridge, cart, commits: () => commits, overlaps: () => overlaps }
}

/** BroadcastChannel among tabs of one test: others hear, oneself does not. */
function fakeTabs() {
  const all = new Set<Channel & { readonly name: string }>()
  const channel = (name: string): Channel => {
    const mine = {
      name,
      onmessage: null,
      postMessage(data: unknown) {
        for (const one of all)
          if (one.name === name && one !== mine) one.onmessage?.(new MessageEvent('message', { data }))
      },
      close: () => void all.delete(mine),
    } as Channel & { readonly name: string }
    all.add(mine)
    return mine
  }
  return { channel, opened: () => all.size }
}

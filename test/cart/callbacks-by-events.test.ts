import { describe, expect, it } from 'vitest'
import { type AddToCartDetail, callbacksByEvents } from '../../src/cart/callbacks-by-events.ts'
import type { CartContext, CartLine } from '../../src/model/cart.ts'

const line: CartLine = { productId: 'mug', ref: {}, url: '/products/mug', quantity: 1 }
const context: CartContext = { fetch, locale: 'en', signal: new AbortController().signal }

function open() {
  const target = new EventTarget()
  const went: string[] = []
  const bridge = callbacksByEvents(target, { base: 'https://shop.example/live', navigate: (url) => went.push(url) })
  const on = (listen: (event: CustomEvent<AddToCartDetail>) => void) =>
    target.addEventListener('castcart:add-to-cart', (event) => listen(event as CustomEvent<AddToCartDetail>))
  return { bridge, went, on }
}

describe('callbacksByEvents', () => {
  it('gives the line to a listener and answers what it responds', async () => {
    const { bridge, on, went } = open()
    on(({ detail, composed, bubbles }) => {
      expect([detail.line, composed, bubbles]).toEqual([line, true, true])
      detail.respond(Promise.resolve({ outcome: 'rejected', reason: 'sold-out' }))
    })
    expect(await bridge.add(line, context)).toEqual({ outcome: 'rejected', reason: 'sold-out' })
    expect(went).toEqual([])
  })

  it('goes to the product’s page when nobody listens', async () => {
    const { bridge, went } = open()
    expect(await bridge.add(line, context)).toEqual({ outcome: 'left', url: 'https://shop.example/products/mug' })
    expect(went).toEqual(['https://shop.example/products/mug'])
  })

  it('stays where a listener only prevents the default', async () => {
    const { bridge, on, went } = open()
    on((event) => event.preventDefault())
    expect(await bridge.add(line, context)).toMatchObject({ outcome: 'left' })
    expect(went).toEqual([])
  })
})

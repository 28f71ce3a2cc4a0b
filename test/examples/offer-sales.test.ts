import { expect, it } from 'vitest'
import { createOfferSales } from '../../examples/live-shop/server/offer-sales.mjs'

/** An offer of so many mugs, of which each cart may be told to hold some. */
function offerOf(quantity: number) {
  const offer = { terms: { id: 'o', how: 'sale', remaining: quantity, quantity, productIds: ['mug'] }, isOpen: true }
  const told: unknown[] = []
  const show = {
    facts: { status: 'live', offers: new Map([['o', offer]]) },
    async publish(type: string, { remaining, reason }: { remaining?: number; reason?: string }) {
      told.push(reason ?? remaining)
      if (remaining !== undefined) offer.terms.remaining = remaining
      if (type === 'offer.close') Object.assign(offer, { closed: reason })
    },
  }
  const sales = createOfferSales({ desk: { show }, catalogue: [{ id: 'mug', number: 1 }] })
  const cart = (token: string, quantity: number) => ({ token, items: [{ product_id: 1, quantity }] })
  return {
    told,
    move: (token: string, from: number, to: number) => sales.changed(cart(token, from), cart(token, to)),
  }
}

it('what a cart took under an offer and gives back is there for others again', async () => {
  const { told, move } = offerOf(5)
  await move('anna', 0, 3)
  await move('ben', 0, 1)
  await move('anna', 3, 1)
  expect(told).toEqual([2, 1, 3])
})

it('nobody ends an offer for all by plus and minus', async () => {
  const { told, move } = offerOf(5)
  for (let i = 0; i < 20; i++) {
    await move('anna', 1, 2)
    await move('anna', 2, 1)
  }
  expect(told).not.toContain('sold-out')
  expect(told.at(-1)).toBe(5)
})

it('a cart gives back no more than it took, and no more than there were', async () => {
  const { told, move } = offerOf(5)
  await move('anna', 4, 0)
  expect(told).toEqual([])
  await move('anna', 4, 6)
  await move('anna', 6, 0)
  await move('ben', 3, 0)
  expect(told).toEqual([3, 5])
})

it('what was sold out stays so', async () => {
  const { told, move } = offerOf(2)
  await move('anna', 0, 4)
  await move('anna', 4, 0)
  expect(told).toEqual([0, 'sold-out'])
})

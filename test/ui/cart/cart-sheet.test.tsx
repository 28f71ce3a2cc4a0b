// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import type { OfferView } from '../../../src/state/offer-view.ts'
import { CartFoot } from '../../../src/ui/cart/cart-foot.tsx'
import { CartSheet } from '../../../src/ui/cart/cart-sheet.tsx'
import { draw } from '../../support/draw.tsx'
import { demoOffer } from '../../support/ui-harness.tsx'

const none = { chat: true, readCart: false, changeCart: false, checkout: false, actions: [] }

describe('CartSheet', () => {
  it("shows the store's lines and its sum", async () => {
    const { find } = await draw(<CartSheet />)
    expect(find('.cart-line').textContent).toContain('Two-glaze mugInk−15 % · 1:14€26.00 each€52.00')
    expect(find('.cart-total').textContent).toBe('Total€52.00')
  })

  it('has the offer of each line, open or to come, and none that is over', async () => {
    const tag = async (stage: OfferView['stage']) => {
      const { root } = await draw(<CartSheet />, { values: { $offers: [{ ...demoOffer, stage }] } })
      return root.querySelector('.cart-line .offer-tag')?.textContent
    }
    expect(await tag('open')).toBe('−15 % · 1:14')
    expect(await tag('announced')).toBe('−15 % · in 1:14')
    expect(await tag('closed')).toBeUndefined()
  })

  it('has what is open for everything on each line of the show, and on none that the show does not sell', async () => {
    const all = {
      ...demoOffer,
      terms: { ...demoOffer.terms, kind: 'delivery' as const, percentOff: undefined, productIds: [] },
    }
    const $offers = [demoOffer, { ...all, id: 'o2', seconds: 300 }]
    const line = {
      title: 'Mug',
      quantity: 1,
      price: { amount: 100, currency: 'EUR' },
      total: { amount: 100, currency: 'EUR' },
    }
    const items = [
      { ...line, id: 'l1', productId: 'mug' },
      { ...line, id: 'l2', productId: 'coat' },
      { ...line, id: 'l3' },
    ]
    const $cart = { items, quantity: 3, total: { amount: 300, currency: 'EUR' } }
    const { root } = await draw(<CartSheet />, { values: { $offers, $cart } })
    const tags = [...root.querySelectorAll('.cart-line')].map((one) => one.querySelector('.offer-tag')?.textContent)
    expect(tags).toEqual(['−15 % · 1:14 · +1', 'Delivery · 5:00', undefined])
  })

  it('asks the store for another quantity', async () => {
    const drawn = await draw(<CartSheet />)
    await drawn.click(drawn.button('One more: Two-glaze mug'))
    await drawn.click(drawn.button('Remove Two-glaze mug'))
    expect(drawn.calls).toEqual([
      { name: 'setQuantity', args: ['l1', 3] },
      { name: 'setQuantity', args: ['l1', 0] },
    ])
  })

  it('takes no click on a line that is being written, and keeps its buttons', async () => {
    const drawn = await draw(<CartSheet />, { values: { $cartBusy: ['l1'] } })
    await drawn.click(drawn.button('One more: Two-glaze mug'))
    await drawn.click(drawn.button('Remove Two-glaze mug'))
    expect(drawn.calls).toEqual([])
    expect(drawn.button('One more: Two-glaze mug').getAttribute('aria-disabled')).toBe('true')
  })

  it('tells at the line why the store refused the change, in its words where it has any', async () => {
    const drawn = await draw(<CartSheet />, {
      commands: {
        setQuantity: async () => ({ outcome: 'rejected', reason: 'limit-reached', message: 'Two each, please' }),
      },
    })
    await drawn.click(drawn.button('One more: Two-glaze mug'))
    expect(drawn.find('.cart-line [role="alert"]').textContent).toBe('Two each, please')
  })

  it('leads to the products while it is empty', async () => {
    const drawn = await draw(<CartSheet />, {
      values: { $cart: { items: [], quantity: 0, total: { amount: 0, currency: 'EUR' } } },
    })
    await drawn.click(drawn.button('See the products'))
    expect(drawn.calls).toEqual([{ name: 'showSheet', args: [{ name: 'products' }] }])
    expect(drawn.root.querySelector('[part="checkout"]')).toBeNull()
  })

  it('says where the cart is when it cannot be read here', async () => {
    const drawn = await draw(<CartSheet />, { values: { $cart: null, $can: { ...none, checkout: true } } })
    expect(drawn.root.textContent).toContain('Your cart is in the store')
    await drawn.click(drawn.button('Go to the cart'))
    expect(drawn.calls).toEqual([{ name: 'checkout', args: [] }])
  })

  it('only shows quantities where they cannot be changed', async () => {
    const drawn = await draw(<CartSheet />, { values: { $can: { ...none, readCart: true } } })
    expect(drawn.root.querySelector('.stepper')).toBeNull()
    expect(drawn.find('.line-tools').textContent).toBe('× 2')
  })
})

describe('CartFoot', () => {
  it('is not there where the cart cannot be read and nothing leads to it', async () => {
    const { root } = await draw(<CartFoot />, { values: { $can: none } })
    expect(root.textContent).toBe('')
  })

  it('offers no checkout of an empty cart', async () => {
    const { root } = await draw(<CartFoot />, {
      values: { $cart: { items: [], quantity: 0, total: { amount: 0, currency: 'EUR' } } },
    })
    expect(root.textContent).toBe('Your cartEmpty so far')
  })
})

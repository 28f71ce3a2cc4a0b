// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import type { OfferView } from '../../../src/state/offer-view.ts'
import { ProductRail, ProductsSheet } from '../../../src/ui/sheets/products-sheet.tsx'
import { draw } from '../../support/draw.tsx'
import { demoOffer, demoViews } from '../../support/ui-harness.tsx'

/** The demo's products, with a coat that comes in one version only. */
const views = () =>
  demoViews(['mug']).map((view) =>
    view.id === 'coat'
      ? { ...view, product: { ...view.product, options: undefined, variants: view.product.variants?.slice(0, 1) } }
      : view,
  )

describe('ProductRail', () => {
  it('tells what is shown now, what was and what will be', async () => {
    const { find } = await draw(<ProductRail />)
    expect(find('[data-product="mug"] .item-note').textContent).toBe('No. 5 · Now showing')
    expect(find('[data-product="coat"] .item-note').textContent).toBe('No. 1 · shown at 9:30')
    expect(find('[data-product="car"] .item-note').textContent).toBe('No. 6 · coming up')
  })

  it('tells of nothing to come once the show has ended', async () => {
    const { find, root } = await draw(<ProductRail />, { values: { $status: 'ended' } })
    expect(find('[data-product="coat"] .item-note').textContent).toBe('No. 1 · shown at 9:30')
    expect(find('[data-product="car"] .item-note').textContent).toBe('No. 6')
    expect(root.textContent).not.toContain('Now showing')
  })

  it('adds a product without choices at once and tells that it is in', async () => {
    const drawn = await draw(<ProductRail />, { values: { $products: views() } })
    await drawn.click(drawn.button('Add to cart: Fjord wool coat'))
    expect(drawn.calls).toEqual([{ name: 'add', args: ['coat', 'coat-camel-s'] }])
    expect(drawn.find('button.quick').hasAttribute('data-in')).toBe(true)
  })

  it('tells beside the product why the store refused it', async () => {
    const drawn = await draw(<ProductRail />, {
      values: { $products: views() },
      commands: { add: async () => ({ outcome: 'rejected', reason: 'limit-reached' }) },
    })
    await drawn.click(drawn.button('Add to cart: Fjord wool coat'))
    expect(drawn.find('[data-product="coat"] .refused').textContent).toBe('No more of it per person.')
  })

  it('opens the sheet of a product with choices instead of guessing', async () => {
    const drawn = await draw(<ProductRail />)
    expect(drawn.root.querySelector('[data-product="mug"] button.quick')).toBeNull()
    await drawn.click(drawn.button('Show Two-glaze mug'))
    expect(drawn.calls).toEqual([{ name: 'showSheet', args: [{ name: 'product', id: 'mug' }] }])
  })

  it('tells what is sold out and what is nearly so', async () => {
    const products = demoViews().map((view) => ({ ...view, available: view.id !== 'coat', stock: 3 }))
    const { find } = await draw(<ProductRail />, { values: { $products: products } })
    expect(find('[data-product="coat"] .few').textContent).toBe('Sold out')
    expect(find('[data-product="mug"] .few').textContent).toBe('3 left')
  })

  it('has the open offers of each product, those for everything with them', async () => {
    const terms = { ...demoOffer.terms, kind: 'delivery' as const, percentOff: undefined, productIds: [] }
    const all: OfferView = { ...demoOffer, id: 'o2', seconds: 300, terms }
    const { find } = await draw(<ProductRail />, { values: { $offers: [demoOffer, all] } })
    expect(find('[data-product="mug"] .offer-tag').textContent).toBe('−15 % · 1:14 · +1')
    expect(find('[data-product="coat"] .offer-tag').textContent).toBe('Delivery · 5:00')
  })

  it('has an announced offer as one that is to come, and an open one before it', async () => {
    const soon: OfferView = { ...demoOffer, id: 'o2', stage: 'announced', seconds: 28, left: 1 }
    const { find, stores, act } = await draw(<ProductRail />, { values: { $offers: [soon] } })
    const tag = () => find('[data-product="mug"] .offer-tag')
    expect([tag().textContent, tag().hasAttribute('data-soon')]).toEqual(['−15 % · in 0:28', true])
    await act(() => stores.$offers.set([demoOffer, soon]))
    expect([tag().textContent, tag().hasAttribute('data-soon')]).toEqual(['−15 % · 1:14', false])
    const ru = await draw(<ProductRail />, { values: { $offers: [soon] }, locale: 'ru' })
    expect(ru.find('[data-product="mug"] .offer-tag').textContent).toBe('−15 % · через 0:28')
  })

  it('has each of two hundred products by its title, and draws the first and the one shown now whole', async () => {
    const [one] = demoViews([])
    if (!one) throw new Error('no product')
    const products = Array.from({ length: 200 }, (_, place) => ({
      ...one,
      id: `p${place}`,
      product: { ...one.product, id: `p${place}`, title: `Thing ${place}`, group: `Shelf ${place % 5}` },
      now: place === 117,
    }))
    const { root, button, stores, act } = await draw(<ProductRail />, { values: { $products: products } })
    await expect.poll(() => root.querySelectorAll('.list > [data-product]').length).toBe(200)
    expect(root.querySelectorAll('.list > .item-group')).toHaveLength(5)
    expect(root.querySelectorAll('.list .price')).toHaveLength(9)
    expect(root.querySelector('[data-product=p117] .price')).not.toBeNull()
    expect(button('Show Thing 199').closest('li')?.hasAttribute('data-brief')).toBe(true)
    const quick = root.querySelector('[data-product=p117] .quick')
    await act(() => stores.$products.set(products.map((view, place) => ({ ...view, now: place === 150 }))))
    await expect.poll(() => root.querySelector('[data-product=p150] .price')).not.toBeNull()
    expect(root.querySelector('[data-product=p117] .price')).not.toBeNull()
    expect(quick?.isConnected).toBe(true)
  })

  it('says so when there are no products yet', async () => {
    const { root } = await draw(<ProductRail />, { values: { $products: [] } })
    expect(root.textContent).toContain('No products yet')
  })
})

describe('ProductsSheet', () => {
  it('leads to the checkout below the list', async () => {
    const drawn = await draw(<ProductsSheet />)
    expect(drawn.find('.cart-open').textContent).toBe('Your cart · 2€52.00')
    await drawn.click(drawn.button('Checkout'))
    expect(drawn.calls).toEqual([{ name: 'checkout', args: [] }])
  })
})

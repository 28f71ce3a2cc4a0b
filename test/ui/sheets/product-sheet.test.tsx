// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import type { CartResult } from '../../../src/model/cart.ts'
import { ProductSheet } from '../../../src/ui/sheets/product-sheet.tsx'
import { type Drawn, draw } from '../../support/draw.tsx'
import type { FakeOptions } from '../../support/ui-harness.tsx'
import { demoOffer, demoViews, NOW, playing } from '../../support/ui-harness.tsx'

const open = (id: string, options: FakeOptions = {}) => draw(<ProductSheet id={id} />, options)

/** Takes a value of an axis by its place. */
const take = ({ act, find }: Drawn, axis: string, place: number) =>
  act(() => {
    const input = find(`[data-axis="${axis}"]`).querySelectorAll('input')[place]
    input?.dispatchEvent(new Event('change', { bubbles: true }))
  })
const main = ({ find }: Drawn) => find('.buy .button')
const states = ({ find }: Drawn, axis: string) =>
  [...find(`[data-axis="${axis}"]`).querySelectorAll('label')].map((label) => label.dataset.state)

describe('ProductSheet', () => {
  it('asks for what is not chosen, and goes there when asked to buy', async () => {
    const drawn = await open('mug')
    expect(main(drawn).textContent).toBe('Choose options')
    await drawn.click(main(drawn))
    expect(drawn.calls.map(({ name }) => name)).not.toContain('add')
    expect(drawn.find('[data-axis="size"]').hasAttribute('data-open')).toBe(true)
    expect(document.activeElement?.closest('[data-axis]')?.getAttribute('data-axis')).toBe('size')
  })

  it("shows and adds the chosen variant at the store's price", async () => {
    const drawn = await open('mug')
    await take(drawn, 'size', 1)
    expect(main(drawn).textContent).toBe('Add to cart · €32.00')
    await drawn.click(drawn.button('One more: Quantity'))
    expect(main(drawn).textContent).toBe('Add to cart · €64.00')
    await drawn.click(main(drawn))
    expect(drawn.calls.at(-1)).toEqual({ name: 'add', args: ['mug', 'mug-ink-l', 2] })
    expect(drawn.find('.result').textContent).toContain('In your cart')
  })

  it('marks what is sold out in this combination and does not sell it', async () => {
    const drawn = await open('mug')
    await take(drawn, 'size', 1)
    expect(states(drawn, 'glaze')).toEqual(['available', 'available', 'sold-out'])
    await take(drawn, 'glaze', 2)
    expect(main(drawn).textContent).toBe('Sold out')
    expect(main(drawn).getAttribute('aria-disabled')).toBe('true')
    await drawn.click(main(drawn))
    expect(drawn.calls).toEqual([])
  })

  it('opens the size again when a colour does not come in it', async () => {
    const drawn = await open('coat')
    await take(drawn, 'size', 2)
    expect(states(drawn, 'color')).toEqual(['available', 'available', 'missing'])
    await take(drawn, 'color', 2)
    expect(main(drawn).textContent).toBe('Choose options')
  })

  it('says why a price is struck', async () => {
    const { find } = await open('coat')
    expect(find('.facts').textContent).toContain('€349.00')
    expect(find('.facts').textContent).toContain('lowest in 30 days €329.00')
  })

  it('tells the unit price only of the size that it is for', async () => {
    const drawn = await open('coffee')
    expect(drawn.find('.facts').textContent).toContain('€4.60 per 100 g')
    await take(drawn, 'weight', 1)
    expect(drawn.find('.facts').textContent).not.toContain('per 100 g')
  })

  it('says of a variant with a price of its own what the store says of it, and nothing that is another’s', async () => {
    const money = (amount: number) => ({ amount, currency: 'EUR' })
    const own = { '250g': { compareAt: money(1500), lowest30Days: money(1100) }, '1kg': { price: money(3900) } }
    const unitPrice = { price: money(390), per: '100 g' }
    const views = demoViews().map((view) => ({
      ...view,
      product: {
        ...view.product,
        ...{ compareAt: money(5000), lowest30Days: money(999) },
        variants: view.product.variants?.map((one) =>
          one.options?.weight === '1kg'
            ? { ...one, ...own['1kg'], unitPrice }
            : { ...one, ...own['250g'], price: money(1150) },
        ),
      },
    }))
    const drawn = await open('coffee', { values: { $products: views } })
    await take(drawn, 'weight', 0)
    expect(drawn.find('.facts s').textContent).toBe('€15.00')
    expect(drawn.find('.facts').textContent).toContain('lowest in 30 days €11.00')
    await take(drawn, 'weight', 1)
    expect(drawn.root.querySelector('.facts s')).toBeNull()
    expect(drawn.find('.facts').textContent).toContain('€3.90 per 100 g')
    expect(drawn.find('.facts').textContent).not.toContain('30 days')
  })

  it('shows no price before the store has told it', async () => {
    const { root, find } = await open('mug', { values: { $products: demoViews([], true) } })
    expect(find('.facts .skeleton')).toBeTruthy()
    expect(root.textContent).not.toContain('€')
  })

  it('keeps the button in the focus order while the store answers, and takes no second click', async () => {
    let answer: (result: CartResult) => void = () => {}
    const drawn = await open('mug', { commands: { add: () => new Promise((resolve) => (answer = resolve)) } })
    await take(drawn, 'size', 0)
    await drawn.click(main(drawn))
    await drawn.act(() => drawn.stores.$cartBusy.set(['mug/mug-ink-s']))
    expect(main(drawn).getAttribute('aria-busy')).toBe('true')
    expect(main(drawn).hasAttribute('disabled')).toBe(false)
    await drawn.click(main(drawn))
    expect(drawn.calls.filter(({ name }) => name === 'add')).toHaveLength(1)
    await drawn.act(() => answer({ outcome: 'rejected', reason: 'sold-out' }))
    expect(drawn.find('.result').textContent).toContain('It has just sold out.')
  })

  it('leads to the cart where nobody can tell whether it was added', async () => {
    const add = async (): Promise<CartResult> => ({ outcome: 'rejected', reason: 'unreachable' })
    const drawn = await open('mug', { commands: { add } })
    await take(drawn, 'size', 0)
    await drawn.click(main(drawn))
    expect(drawn.find('.result b').textContent).toBe('Not confirmed')
    await drawn.click(drawn.find('.result .link'))
    expect(drawn.model.state.$sheet.get()).toEqual({ name: 'cart' })
  })

  it('tells how few are left and counts no further', async () => {
    const few = demoViews().map((view) => ({
      ...view,
      product: { ...view.product, variants: view.product.variants?.map((variant) => ({ ...variant, stock: 2 })) },
    }))
    const drawn = await open('mug', { values: { $products: few } })
    await take(drawn, 'size', 0)
    expect(drawn.find('.facts .few').textContent).toBe('2 left')
    await drawn.click(drawn.button('One more: Quantity'))
    await drawn.click(drawn.button('One more: Quantity'))
    expect(drawn.find('.stepper output').textContent).toBe('2')
  })

  it('repeats the terms of an offer on this product, and of no other', async () => {
    const mug = await open('mug')
    expect(mug.find('.product .offer').textContent).toContain('−15 %')
    expect(mug.find('.product .offer time').textContent).toBe('1:14')
    const coat = await open('coat', { values: { $offers: [demoOffer] } })
    expect(coat.root.querySelector('.product .offer')).toBeNull()
  })

  it('repeats an offer for everything beside its own, as the bar does: announced, open, over', async () => {
    const terms = { ...demoOffer.terms, kind: 'delivery' as const, percentOff: undefined, productIds: [] }
    const all = { ...demoOffer, id: 'o2', terms }
    const mug = await open('mug', { values: { $offers: [demoOffer, all] } })
    expect([...mug.root.querySelectorAll('.product .off')].map((one) => one.textContent)).toEqual(['−15 %', 'Delivery'])
    for (const stage of ['announced', 'open', 'closed', 'ended'] as const) {
      const coat = await open('coat', { values: { $offers: [{ ...all, stage }] } })
      expect(coat.find('.product .offer').textContent).toContain('Delivery')
    }
  })

  it('goes back to where the product was shown when the picture can', async () => {
    const drawn = await open('coat')
    await drawn.click(drawn.button('See it shown at 9:30'))
    expect(drawn.calls.map(({ name }) => name)).toEqual(['seekToDate', 'showSheet'])
    expect(drawn.calls[0]?.args).toEqual([NOW - 150_000])
    const far = await open('coat', { values: { $playback: { ...playing, seekable: [690, 720] } } })
    expect(far.root.querySelector('.see:not(.ask-this)')).toBeNull()
  })

  it('leads to the products when its product is gone', async () => {
    const drawn = await open('nothing')
    await drawn.click(drawn.button('See the products'))
    expect(drawn.calls).toEqual([{ name: 'showSheet', args: [{ name: 'products' }] }])
  })
})

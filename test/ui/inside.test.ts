// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { describe, expect, it } from 'vitest'
import { drawPlayer, later } from '../support/draw-player.ts'
import { demoOffer, demoViews } from '../support/ui-harness.tsx'

describe('PinnedCards', () => {
  it('puts a product with one version in the cart, and asks to choose where there are more', async () => {
    const [first, ...views] = demoViews(['mug'])
    if (!first) throw new Error('no product')
    const single = {
      ...first,
      id: 'pin',
      now: true,
      product: { ...first.product, id: 'pin', variants: [{ id: 'v1' }] },
    }
    const { click, calls, model, there, root } = await drawPlayer({ values: { $products: [single, ...views] } })
    await there('.pin')
    await click('[data-product=pin] .button')
    expect(calls).toContainEqual({ name: 'add', args: ['pin', 'v1'] })
    await act(() => model.commands.dismissNotice())
    await later(() => expect(root.querySelector('.notice')).toBeNull())
    await there('[data-product=mug]')
    await click('[data-product=mug] .button')
    expect(model.state.$sheet.get()).toEqual({ name: 'product', id: 'mug' })
  })

  it('says so where the host shows what this store does not sell', async () => {
    const { model, there, root } = await drawPlayer({ values: { $products: demoViews([]) } })
    const pin = { v: 1, epoch: 'e', seq: 1, id: 'e1', at: 1, type: 'product.pin', data: { ids: ['ghost'] } } as const
    await act(() => Reflect.get(model.state.$room, 'set')({ ...model.state.$room.get(), now: { pin } }))
    await there('.unsold')
    expect(root.querySelector('.unsold')?.textContent).toBe('This one is not sold in this store.')
  })

  it('books a test drive where the product is asked for, and goes to its page where it is a link', async () => {
    const views = demoViews(['car', 'coat']).map((view) =>
      view.id === 'coat' ? { ...view, product: { ...view.product, action: 'link' as const } } : view,
    )
    const { click, calls, there, words } = await drawPlayer({ values: { $products: views } })
    await there('.pin')
    expect(words('[data-product=car] .button')).toBe('Book a test drive')
    await click('[data-product=coat] .button')
    expect(calls).toContainEqual({ name: 'visit', args: ['coat'] })
  })

  it('does nothing for what is sold out or on its way, and keeps the focus there', async () => {
    const views = demoViews(['mug']).map((view) => (view.id === 'mug' ? { ...view, available: false } : view))
    const { click, calls, find, there, words } = await drawPlayer({
      values: { $products: views, $cartBusy: ['mug/x'] },
    })
    await there('.pin')
    expect(words('.pin .button')).toBe('Sold out')
    await click('.pin .button')
    expect(calls.filter(({ name }) => name !== 'open')).toEqual([])
    expect(find('.pin .button').getAttribute('aria-disabled')).toBe('true')
    expect(find<HTMLButtonElement>('.pin .button').disabled).toBe(false)
  })

  it('shows a skeleton, in words too, until the store has told the price', async () => {
    const { there, words } = await drawPlayer({ values: { $products: demoViews(['mug'], true) } })
    await there('.pin')
    expect(words('.pin .price')).toBe('Price on its way')
  })
})

describe('OfferBar', () => {
  it('speaks when an offer opens and at 60, 30 and 10 seconds, never each second', async () => {
    const { change, words } = await drawPlayer()
    const said: string[] = []
    await later(() => expect(words('[role=status]')).not.toBe(''))
    for (let seconds = 74; seconds > 0; seconds--) {
      await change({ $offers: [{ ...demoOffer, seconds, left: seconds / 120 }] })
      const text = words('[role=status]') ?? ''
      if (said.at(-1) !== text) said.push(text)
    }
    expect(said).toEqual([
      '−15 % Kiln-warm price. 31 of 40 left · 2 per person',
      'Kiln-warm price: 1 minute left',
      'Kiln-warm price: 30 seconds left',
      'Kiln-warm price: 10 seconds left',
    ])
  })

  it('speaks of every offer there is, all in one go', async () => {
    const second = { ...demoOffer, id: 'o2', terms: { ...demoOffer.terms, id: 'o2', title: 'Second' } }
    const at = (seconds: number) => ({ $offers: [demoOffer, { ...second, seconds }] })
    const { change, words } = await drawPlayer({ values: at(61) })
    const said = () => words('[role=status]')
    await later(() => expect(said()).toMatch(/^−15 % Kiln-warm price\. .+ −15 % Second\. /))
    await change(at(30))
    expect(said()).toBe('Second: 30 seconds left')
    await change({
      $offers: [
        { ...demoOffer, seconds: 30 },
        { ...second, seconds: 10 },
      ],
    })
    expect(said()).toBe('Kiln-warm price: 30 seconds left Second: 10 seconds left')
  })

  it('says why an offer is over', async () => {
    const { there, words, root } = await drawPlayer({
      values: { $offers: [{ ...demoOffer, stage: 'closed', reason: 'sold-out', seconds: 0, left: 0 }] },
    })
    await there('.offer')
    expect(words('.offer small')).toBe('All taken')
    expect(root.querySelector('.offer time')).toBeNull()
  })
})

describe('Notice', () => {
  it('says aloud what was added and leads to the cart', async () => {
    const { click, model, there, words } = await drawPlayer({
      values: { $notice: { kind: 'added', productId: 'mug', quantity: 1 } },
    })
    await there('.notice')
    await later(() => expect(words('[role=status]')).toContain('In your cart. Two-glaze mug'))
    await click('.notice .next .button')
    expect(model.state.$sheet.get()).toEqual({ name: 'cart' })
    expect(model.state.$notice.get()).toBeNull()
  })

  it("alerts to a refusal, in the store's own words where it has some", async () => {
    const { change, there, words } = await drawPlayer({
      values: { $notice: { kind: 'refused', productId: 'mug', reason: 'sold-out' } },
    })
    await there('.notice')
    await later(() => expect(words('[role=alert]')).toBe('Not added. It has just sold out.'))
    await change({ $notice: { kind: 'refused', productId: 'mug', reason: 'refused', message: 'Nur 2 pro Haushalt' } })
    await later(() => expect(words('.notice small')).toBe('Nur 2 pro Haushalt'))
  })

  it('sends the viewer to the cart where nobody can tell whether it was added', async () => {
    const { click, model, there, words } = await drawPlayer({
      values: { $notice: { kind: 'refused', productId: 'mug', reason: 'unreachable' } },
    })
    await there('.notice')
    await later(() => expect(words('[role=alert]')).toMatch(/^Not confirmed\. .*Look in your cart/))
    expect(words('.notice .next')).toBe('View cart')
    await click('.notice .next .button')
    expect(model.state.$sheet.get()).toEqual({ name: 'cart' })
  })

  it('asks whether to keep what has another price now', async () => {
    const price = { amount: 2800, currency: 'EUR' }
    const { click, calls, there, words } = await drawPlayer({
      values: { $notice: { kind: 'price-changed', productId: 'mug', lineId: 'l1', price } },
    })
    await there('.notice')
    expect(words('.notice small')).toBe('It is €28.00 now. Keep it in your cart?')
    await click('.notice .next .button')
    expect(calls.at(-1)).toEqual({ name: 'setQuantity', args: ['l1', 0] })
  })
})

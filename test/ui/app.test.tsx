// @vitest-environment happy-dom
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CastcartError } from '../../src/model/error.ts'
import { App } from '../../src/ui/app.tsx'
import { demoOffer, demoViews, type FakeOptions, fakeModel, playing, set } from '../support/ui-harness.tsx'

let root: ShadowRoot

beforeEach(() => {
  const host = document.createElement('div')
  document.body.append(host)
  root = host.attachShadow({ mode: 'open' })
  // happy-dom has no top layer.
  HTMLDialogElement.prototype.showPopover ??= () => {}
})
afterEach(() => {
  render(null, root)
  document.body.replaceChildren()
})

async function draw(options?: FakeOptions) {
  const fake = fakeModel(options)
  await act(() => render(<App model={fake.model} />, root))
  return {
    ...fake,
    change: (values: Parameters<typeof set>[1]) => act(() => set(fake.stores, values)),
    click: (selector: string) => act(() => find<HTMLElement>(selector).click()),
  }
}

function find<T extends Element = HTMLElement>(selector: string): T {
  const element = root.querySelector<T>(selector)
  if (!element) throw new Error(`nothing matches ${selector}`)
  return element
}
const words = (selector: string) => find(selector).textContent?.replace(/\s+/g, ' ').trim()
/** Parts come by `import()`, and stores are heard after the paint. */
const later = <T,>(check: () => T) => vi.waitFor(check, { timeout: 10_000 })
const there = (selector: string) => later(() => find(selector))

describe('App', () => {
  it('has one dialog and one launcher, and empty live regions before anything is said', async () => {
    await draw({ values: { $view: 'closed' } })
    expect(root.querySelectorAll('dialog')).toHaveLength(1)
    expect(find<HTMLButtonElement>('.launcher').hidden).toBe(false)
    expect(words('[role=status]')).toBe('')
    expect(words('[role=alert]')).toBe('')
  })

  it('opens as a modal dialog with the focus in it, and gives the focus back when it closes', async () => {
    const { click, change } = await draw({ values: { $view: 'closed' } })
    const opener = document.createElement('button')
    document.body.append(opener)
    opener.focus()
    await click('.launcher')
    expect(find<HTMLDialogElement>('dialog').open).toBe(true)
    expect(root.activeElement).toBe(find('dialog'))
    await change({ $view: 'closed' })
    expect(find<HTMLDialogElement>('dialog').open).toBe(false)
    expect(document.activeElement).toBe(opener)
  })

  it('gives the focus to the launcher where the opener is gone', async () => {
    const { change } = await draw({ values: { $view: 'closed' } })
    const opener = document.createElement('button')
    document.body.append(opener)
    opener.focus()
    await change({ $view: 'full' })
    opener.remove()
    await change({ $view: 'closed' })
    expect(root.activeElement).toBe(find('.launcher'))
  })

  it('keeps one video in one place from full to small and back', async () => {
    const { model, change } = await draw()
    const place = model.video.parentNode
    await change({ $view: 'mini' })
    await there('.mini-open')
    await change({ $view: 'full' })
    expect(model.video.parentNode).toBe(place)
    expect(find('dialog').contains(model.video)).toBe(true)
  })

  it('goes small when it is left while it plays, else closes; a sheet closes first', async () => {
    const { model, change, calls } = await draw()
    const press = () => act(() => find('dialog').dispatchEvent(new Event('cancel', { cancelable: true })) as never)
    await change({ $sheet: { name: 'products' } })
    await press()
    expect(calls.at(-1)).toEqual({ name: 'showSheet', args: [null] })
    await press()
    expect(model.state.$view.get()).toBe('mini')
    await change({ $view: 'full', $playback: { ...playing, phase: 'paused' } })
    await press()
    expect(model.state.$view.get()).toBe('closed')
  })

  it('keeps the focus in the player when what has it goes: a card as the host shows the next', async () => {
    const { change } = await draw()
    await there('[data-product=mug] .title')
    await act(() => find('[data-product=mug] .title').focus())
    await change({ $products: demoViews(['coat']) })
    await later(() => expect(root.querySelector('[data-product=mug]')).toBeNull())
    await later(() => expect(find('dialog').contains(root.activeElement)).toBe(true))
  })

  it('leaves the focus where it is in the page when a card goes', async () => {
    const { change } = await draw()
    await there('[data-product=mug] .title')
    await act(() => find('[data-product=mug] .title').focus())
    const own = document.body.appendChild(document.createElement('button'))
    own.focus()
    await change({ $products: demoViews(['coat']) })
    await later(() => expect(root.querySelector('[data-product=mug]')).toBeNull())
    await new Promise((resolve) => setTimeout(resolve))
    expect(document.activeElement).toBe(own)
  })

  it('can be closed when it is small, whatever else does not come', async () => {
    const { model, click } = await draw({
      values: { $view: 'mini' },
      learn: () => Promise.reject(new Error('offline')),
    })
    await there('.failed')
    await click('.mini-close')
    expect(model.state.$view.get()).toBe('closed')
  })

  it('says what stopped it when it is small, too', async () => {
    await draw({ values: { $view: 'mini', $error: new CastcartError('no-answer', '500') } })
    await there('.cover')
    expect(words('.cover p')).toMatch(/connection/)
    expect(root.querySelector('.mini-open')).toBeNull()
    expect(find('.mini-close').getAttribute('aria-label')).toBe('Close')
  })

  it('asks for sound while it is muted, until the viewer has chosen', async () => {
    const { model, click, change } = await draw()
    await there('[part=unmute]')
    await click('[part=unmute]')
    expect(model.state.$playback.get().muted).toBe(false)
    await change({ $playback: { ...playing, muted: true, soundChosen: true } })
    await later(() => expect(root.querySelector('[part=unmute]')).toBeNull())
  })

  it('has a big play button where the browser wants a tap', async () => {
    const { click, calls } = await draw({ values: { $playback: { ...playing, phase: 'blocked' } } })
    await there('[part=play]')
    await click('[part=play]')
    expect(calls.at(-1)?.name).toBe('play')
  })

  it('keeps the room usable while the picture is away', async () => {
    await draw({ values: { $playback: { ...playing, phase: 'away', trouble: 'network' } } })
    await there('.cover')
    expect(words('.cover h2')).toBe('The picture is away')
    await later(() => expect(words('[data-product=mug] .button')).toBe('Choose'))
  })

  it('says what stopped it in words, and tries again', async () => {
    const { click, calls } = await draw({ values: { $error: new CastcartError('no-show', '404') } })
    await there('.cover')
    expect(words('.cover p')).toBe('The show was not found.')
    await later(() => expect(words('[role=alert]')).toContain('The show could not be opened'))
    await click('.cover .button')
    expect(calls.at(-1)?.name).toBe('retry')
  })

  it('shows the poster until the first frame', async () => {
    const { change } = await draw({ values: { $playback: { ...playing, started: false } } })
    expect(find<HTMLImageElement>('.picture img').src).toContain('poster.webp')
    await change({ $playback: playing })
    expect(root.querySelector('.picture img')).toBeNull()
  })
})

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
    const { click, calls, model } = await draw({ values: { $products: [single, ...views] } })
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
    const { model } = await draw({ values: { $products: demoViews([]) } })
    const pin = { v: 1, epoch: 'e', seq: 1, id: 'e1', at: 1, type: 'product.pin', data: { ids: ['ghost'] } } as const
    await act(() => Reflect.get(model.state.$room, 'set')({ ...model.state.$room.get(), now: { pin } }))
    await there('.unsold')
    expect(root.querySelector('.unsold')?.textContent).toBe('This one is not sold in this store.')
  })

  it('books a test drive where the product is asked for, and goes to its page where it is a link', async () => {
    const views = demoViews(['car', 'coat']).map((view) =>
      view.id === 'coat' ? { ...view, product: { ...view.product, action: 'link' as const } } : view,
    )
    const { click, calls } = await draw({ values: { $products: views } })
    await there('.pin')
    expect(words('[data-product=car] .button')).toBe('Book a test drive')
    await click('[data-product=coat] .button')
    expect(calls).toContainEqual({ name: 'visit', args: ['coat'] })
  })

  it('does nothing for what is sold out or on its way, and keeps the focus there', async () => {
    const views = demoViews(['mug']).map((view) => (view.id === 'mug' ? { ...view, available: false } : view))
    const { click, calls } = await draw({ values: { $products: views, $cartBusy: ['mug/x'] } })
    await there('.pin')
    expect(words('.pin .button')).toBe('Sold out')
    await click('.pin .button')
    expect(calls.filter(({ name }) => name !== 'open')).toEqual([])
    expect(find('.pin .button').getAttribute('aria-disabled')).toBe('true')
    expect(find<HTMLButtonElement>('.pin .button').disabled).toBe(false)
  })

  it('shows a skeleton, in words too, until the store has told the price', async () => {
    await draw({ values: { $products: demoViews(['mug'], true) } })
    await there('.pin')
    expect(words('.pin .price')).toBe('Price on its way')
  })
})

describe('OfferBar', () => {
  it('speaks when an offer opens and at 60, 30 and 10 seconds, never each second', async () => {
    const { change } = await draw()
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
    const { change } = await draw({ values: at(61) })
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
    await draw({ values: { $offers: [{ ...demoOffer, stage: 'closed', reason: 'sold-out', seconds: 0, left: 0 }] } })
    await there('.offer')
    expect(words('.offer small')).toBe('All taken')
    expect(root.querySelector('.offer time')).toBeNull()
  })
})

describe('Notice', () => {
  it('says aloud what was added and leads to the cart', async () => {
    const { click, model } = await draw({ values: { $notice: { kind: 'added', productId: 'mug', quantity: 1 } } })
    await there('.notice')
    await later(() => expect(words('[role=status]')).toContain('In your cart. Two-glaze mug'))
    await click('.notice .next .button')
    expect(model.state.$sheet.get()).toEqual({ name: 'cart' })
    expect(model.state.$notice.get()).toBeNull()
  })

  it("alerts to a refusal, in the store's own words where it has some", async () => {
    const { change } = await draw({ values: { $notice: { kind: 'refused', productId: 'mug', reason: 'sold-out' } } })
    await there('.notice')
    await later(() => expect(words('[role=alert]')).toBe('Not added. It has just sold out.'))
    await change({ $notice: { kind: 'refused', productId: 'mug', reason: 'refused', message: 'Nur 2 pro Haushalt' } })
    await later(() => expect(words('.notice small')).toBe('Nur 2 pro Haushalt'))
  })

  it('asks whether to keep what has another price now', async () => {
    const price = { amount: 2800, currency: 'EUR' }
    const { click, calls } = await draw({
      values: { $notice: { kind: 'price-changed', productId: 'mug', lineId: 'l1', price } },
    })
    await there('.notice')
    expect(words('.notice small')).toBe('It is €28.00 now. Keep it in your cart?')
    await click('.notice .next .button')
    expect(calls.at(-1)).toEqual({ name: 'setQuantity', args: ['l1', 0] })
  })
})

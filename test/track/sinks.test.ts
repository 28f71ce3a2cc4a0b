import { afterEach, describe, expect, it, vi } from 'vitest'
import type { EventMoment, PublicEventName, PublicEvents, TrackSink } from '../../src/model/track.ts'
import { dataLayer } from '../../src/track/data-layer.ts'
import { metaPixel } from '../../src/track/meta-pixel.ts'
import { metrica } from '../../src/track/metrica.ts'

const page = globalThis as Record<string, unknown>
const moment: EventMoment = {
  eventId: 'e1',
  showId: 'friday',
  mode: 'live',
  moment: 1795197620000,
  position: 12.5,
  muted: false,
  preview: false,
  partner: 'anna',
  hostId: 'mira',
}
const mug = { productId: 'mug', variantId: 'mug-moss-m', sku: 'CL-MG-M', title: 'Clay mug' }
const added: PublicEvents['cart-added'] = {
  ...moment,
  ...mug,
  price: { amount: 2400, currency: 'EUR' },
  quantity: 2,
}
const total = { amount: 4800, currency: 'EUR' }
const line = {
  id: '1',
  productId: 'mug',
  variantId: 'mug-moss-m',
  sku: 'CL-MG-M',
  title: 'Clay mug',
  quantity: 2,
  price: added.price,
  total,
}
const checkout: PublicEvents['checkout-started'] = {
  ...moment,
  quantity: 2,
  total,
  cart: { items: [{ ...line, price: { amount: 2400, currency: 'EUR' } }], quantity: 2, total },
}
const about = {
  castcart_show: 'friday',
  castcart_mode: 'live',
  castcart_moment: 1795197620000,
  castcart_position: 12.5,
  castcart_muted: false,
  castcart_preview: false,
  castcart_partner: 'anna',
  castcart_host: 'mira',
}
const tell = <K extends PublicEventName>(sink: TrackSink, name: K, payload: PublicEvents[K]) =>
  sink.track(name, payload)

afterEach(() => {
  page.dataLayer = page.own = page.fbq = page.ym = undefined
  delete page.yaCounter77
})

describe('dataLayer', () => {
  it('clears ecommerce first, then tells what the store confirmed, in major units', () => {
    tell(dataLayer(), 'cart-added', added)
    expect(page.dataLayer).toEqual([
      { ecommerce: null },
      {
        event: 'add_to_cart',
        ecommerce: {
          currency: 'EUR',
          value: 48,
          items: [
            {
              item_id: 'CL-MG-M',
              item_name: 'Clay mug',
              item_variant: 'mug-moss-m',
              price: 24,
              quantity: 2,
              item_list_id: 'friday',
            },
          ],
        },
        castcart_event_id: 'e1',
        ...about,
        video_current_time: 12.5,
      },
    ])
  })

  it('knows yen have no minor units', () => {
    tell(dataLayer(), 'cart-added', { ...added, price: { amount: 2400, currency: 'JPY' } })
    expect(page.dataLayer).toMatchObject([{}, { ecommerce: { value: 4800, items: [{ price: 2400 }] } }])
  })

  it('tells of a checkout with its lines, and of a video without ecommerce', () => {
    const sink = dataLayer({ name: 'own' })
    tell(sink, 'checkout-started', checkout)
    tell(sink, 'video-progressed', { ...moment, percent: 100 })
    tell(sink, 'video-progressed', { ...moment, percent: 25 })
    expect(page.own).toMatchObject([
      { ecommerce: null },
      {
        event: 'begin_checkout',
        ecommerce: { value: 48, items: [{ item_id: 'CL-MG-M', item_variant: 'mug-moss-m', quantity: 2 }] },
      },
      { event: 'video_complete', video_percent: 100 },
      { event: 'video_progress', video_percent: 25 },
    ])
    expect(page.dataLayer).toBeUndefined()
  })

  it('pushes nothing for what analytics have no name for, and leaves a list that is none alone', () => {
    tell(dataLayer(), 'player-minimised', moment)
    expect(page.dataLayer).toBeUndefined()
    page.dataLayer = 'mine'
    tell(dataLayer(), 'cart-added', added)
    expect(page.dataLayer).toBe('mine')
  })
})

describe('metaPixel', () => {
  it('tells an add with the id that the server event is known by', () => {
    const fbq = vi.fn()
    page.fbq = fbq
    tell(metaPixel(), 'cart-added', added)
    expect(fbq.mock.calls).toEqual([
      [
        'track',
        'AddToCart',
        {
          currency: 'EUR',
          value: 48,
          content_name: 'Clay mug',
          content_type: 'product',
          content_ids: ['CL-MG-M'],
          contents: [{ id: 'CL-MG-M', quantity: 2 }],
          castcart_event_id: 'e1',
          ...about,
        },
        { eventID: 'e1' },
      ],
    ])
  })

  it('tells of a checkout, and nothing on a page without the pixel', () => {
    tell(metaPixel(), 'checkout-started', checkout)
    const fbq = vi.fn()
    page.fbq = fbq
    tell(metaPixel(), 'checkout-started', checkout)
    tell(metaPixel(), 'player-closed', moment)
    expect(fbq).toHaveBeenCalledOnce()
    expect(fbq.mock.calls[0]).toMatchObject([
      'track',
      'InitiateCheckout',
      { value: 48, num_items: 2, content_ids: ['CL-MG-M'], castcart_mode: 'live' },
      { eventID: 'e1' },
    ])
  })
})

describe('metrica', () => {
  it('tells an add, a removal and a look in its own words', () => {
    const sink = metrica()
    tell(sink, 'product-viewed', { ...moment, ...mug })
    tell(sink, 'cart-added', added)
    tell(sink, 'cart-removed', { ...added, quantity: 1 })
    tell(sink, 'checkout-started', checkout)
    const goods = { id: 'CL-MG-M', name: 'Clay mug', variant: 'mug-moss-m', list: 'friday' }
    tell(sink, 'product-seen', { ...moment, ...mug })
    const more = { castcart_event_id: 'e1', ...about }
    expect(page.dataLayer).toEqual([
      { ecommerce: { detail: { products: [goods] } }, ...more },
      { ecommerce: { currencyCode: 'EUR', add: { products: [{ ...goods, price: 24, quantity: 2 }] } }, ...more },
      { ecommerce: { currencyCode: 'EUR', remove: { products: [{ ...goods, price: 24, quantity: 1 }] } }, ...more },
      { ecommerce: { impressions: [goods] }, ...more },
    ])
  })

  it('gives the counter what its container has no place for, as parameters of the visit', () => {
    const ym = vi.fn()
    page.ym = ym
    tell(metrica(), 'cart-added', added)
    expect(ym).not.toHaveBeenCalled()
    page.yaCounter77 = {}
    tell(metrica(), 'cart-added', { ...added, partner: undefined })
    const { castcart_moment: _moment, castcart_partner: _partner, ...told } = about
    tell(metrica({ counter: 5 }), 'cart-added', added)
    expect(ym.mock.calls).toEqual([
      [77, 'params', { castcart: { add: told } }],
      [5, 'params', { castcart: { add: { ...told, castcart_partner: 'anna' } } }],
    ])
  })
})

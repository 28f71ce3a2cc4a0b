import { pageGlobal } from '../lib/page-global.ts'
import type { EventMoment, TrackedProduct, TrackSink } from '../model/track.ts'
import { about, itemId, pageList, toMajor } from './ecommerce.ts'

/** How the counter's container is called (its `ecommerce` setting); absent: `dataLayer`. */
export interface MetricaOptions {
  readonly name?: string | undefined
  /** The counter's number, for parameters of the visit; absent: the page's first. */
  readonly counter?: number | undefined
}

/**
 * Yandex Metrica's ecommerce, through the container that the counter reads. It can share `dataLayer` with Google's: the shapes do not collide.
 * The counter reads nothing there but `ecommerce`: what is known of the moment is also given to it as parameters of the visit.
 * Source: yandex.com/support/metrica/ecommerce/data.html and /objects/params-method.html. Nothing is pushed while a page is being left, since that is lost.
 */
export function metrica({ name: list = 'dataLayer', counter }: MetricaOptions = {}): TrackSink {
  return {
    name: 'metrica',
    needs: 'analytics',
    track(name, payload) {
      const action = ACTIONS[name]
      if (!action || !('productId' in payload)) return
      const product = payload as Told
      pageList(list)?.push({
        ecommerce: {
          ...(product.price ? { currencyCode: product.price.currency } : {}),
          // A list of impressions alone is a plain array, as in Enhanced Ecommerce.
          [action]: action === 'impressions' ? [goods(product)] : { products: [goods(product)] },
        },
        ...about(payload),
      })
      visited(action, payload, counter)
    },
  }
}

type Ym = (counter: number, method: 'params', params: Record<string, unknown>) => void

/** The number and time of one event would be a parameter value of their own each: they are left out. */
function visited(action: string, payload: EventMoment, counter = firstCounter()): void {
  const ym = pageGlobal<Ym>('ym')
  if (counter === undefined || typeof ym !== 'function') return
  const { castcart_event_id: _id, castcart_moment: _moment, ...told } = about(payload)
  ym(counter, 'params', { castcart: { [action]: told } })
}

/** Each counter has a global of its own, `yaCounter<number>`. */
function firstCounter(): number | undefined {
  const name = Object.keys(globalThis).find((key) => /^yaCounter\d+$/.test(key))
  return name === undefined ? undefined : Number(name.slice(9))
}

/** What the events below have in common. */
type Told = EventMoment & TrackedProduct & { readonly quantity?: number | undefined }

const ACTIONS: Readonly<Record<string, string>> = {
  'product-seen': 'impressions',
  'product-viewed': 'detail',
  'cart-added': 'add',
  'cart-removed': 'remove',
}

function goods(product: Told) {
  const { title, price, quantity, variantId, showId } = product
  return {
    id: itemId(product),
    name: title,
    ...(price ? { price: toMajor(price) } : {}),
    ...(quantity ? { quantity } : {}),
    ...(variantId ? { variant: variantId } : {}),
    ...(showId ? { list: showId } : {}),
  }
}

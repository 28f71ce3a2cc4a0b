import type { EventMoment, TrackedProduct, TrackSink } from '../model/track.ts'
import { itemId, pageList, toMajor } from './ecommerce.ts'

/** How the counter's container is called (its `ecommerce` setting); absent: `dataLayer`. */
export interface MetricaOptions {
  readonly name?: string | undefined
}

/**
 * Yandex Metrica's ecommerce, through the container that the counter reads. It can share `dataLayer` with Google's: the shapes do not collide.
 * Source: yandex.com/support/metrica/ecommerce/data.html. Nothing is pushed while a page is being left, since that is lost.
 */
export function metrica({ name: list = 'dataLayer' }: MetricaOptions = {}): TrackSink {
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
          [action]: { products: [goods(product)] },
        },
      })
    },
  }
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

import type { ProductView } from '../../state/product-view.ts'
import { type UiModel, useWidget } from '../context.ts'
import { Button } from '../parts/button.tsx'
import { Price } from '../parts/price.tsx'
import { ProductThumb } from '../parts/product-thumb.tsx'
import { ProductTitle } from '../parts/product-title.tsx'
import { useStore } from '../use-store.ts'
import { OfferTag } from './offer-tag.tsx'

/** Units left from which on it is told. */
const FEW = 5

/** The products in the picture now, one card each, side by side. */
export function PinnedCards() {
  const { state, t } = useWidget()
  const order = useStore(state.$room).now.pin?.data.ids ?? []
  const pins = useStore(state.$products).filter((view) => view.now)
  if (!pins.length)
    return order.length ? (
      <div class="cards over">
        <p class="card pin unsold">{t('product.unsold')}</p>
      </div>
    ) : null
  return (
    <div class="cards over scroll">
      {pins
        .sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
        .map((view) => (
          <PinnedCard key={view.id} view={view} />
        ))}
    </div>
  )
}

function PinnedCard({ view }: { view: ProductView }) {
  const { state, say, t } = useWidget()
  const isOver = useStore(state.$status) === 'ended'
  const { product, stock } = view
  const title = say(product.title)
  return (
    <article class="card pin" part="card" data-product={view.id}>
      <ProductThumb product={product} size={68} />
      {/* Where something else goes on, a phone has one line for its name. */}
      <div class="grow" title={title}>
        <span class="pin-top">
          <OfferTag productId={view.id} />
          <small>
            {t(isOver ? 'products.shown' : 'product.now')}
            {view.available && stock !== undefined && stock <= FEW && ` · ${t('product.left', { count: stock })}`}
          </small>
        </span>
        <ProductTitle view={view} class="title open" />
        <Price {...view} />
      </div>
      <ProductAction view={view} />
    </article>
  )
}

/** The one thing to do with a product from where its versions cannot be chosen. */
export function ProductAction({ view }: { view: ProductView }) {
  const model = useWidget()
  const busy = useStore(model.state.$cartBusy)
  const [words, act] = actionOf(view, model)
  const title = model.say(view.product.title)
  return (
    <Button
      onClick={act}
      off={!view.available}
      busy={busy.some((line) => line.split('/')[0] === view.id)}
      label={`${words}: ${title}`}
    >
      {words}
    </Button>
  )
}

function actionOf(view: ProductView, { commands, say, t }: UiModel): [words: string, act: () => void] {
  const { id, product } = view
  const choose = () => commands.showSheet({ name: 'product', id })
  if (product.action === 'link') return [t('product.visit'), () => commands.visit(id)]
  if (product.action === 'request') return [say(product.request?.label) || t('product.choose'), choose]
  if (!view.available) return [t('product.soldout'), choose]
  const [only, ...more] = product.variants ?? []
  return more.length ? [t('product.choose'), choose] : [t('product.add'), () => void commands.add(id, only?.id)]
}

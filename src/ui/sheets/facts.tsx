import { formatMoney } from '../../model/money.ts'
import type { ProductInput, Variant } from '../../model/product.ts'
import { type ProductView, priceOf } from '../../state/product-view.ts'
import { useWidget } from '../context.ts'
import { Price } from '../parts/price.tsx'
import { Thumb } from '../parts/product-thumb.tsx'
import { useStore } from '../use-store.ts'
import { isFew } from './few.ts'

/** What {@link Facts} takes. */
export interface FactsProps {
  readonly view: ProductView
  /** Absent: not all is chosen. */
  readonly variant: Variant | undefined
}

/** Words, and the store's price with what the law wants beside it: the lowest of 30 days, the unit price. */
export function Facts({ view, variant }: FactsProps) {
  const { say, t, locale } = useWidget()
  const { product, pricing } = view
  const { description } = product
  const { price, compareAt, lowest30Days, unitPrice } = priceOf(product, variant)
  const isStruck = price && compareAt && compareAt.amount > price.amount
  const notes =
    pricing !== 'known'
      ? []
      : [
          isStruck && lowest30Days && t('sheet.lowest', { price: formatMoney(lowest30Days, locale) }),
          unitPrice && t('sheet.unit', { price: formatMoney(unitPrice.price, locale), per: say(unitPrice.per) }),
        ].filter(Boolean)
  const stock = variant ? variant.stock : view.stock
  return (
    <div class="facts">
      {description && <p>{say(description)}</p>}
      <Price pricing={pricing} price={price} compareAt={compareAt} from={!variant && view.from} />
      {notes.length > 0 && <small class="notes num">{notes.join(' · ')}</small>}
      {product.note && <HostNote note={say(product.note)} />}
      {product.sizeGuide && <SizeGuide guide={product.sizeGuide} />}
      {isFew(stock) && view.available && <b class="few">{t('product.left', { count: stock })}</b>}
    </div>
  )
}

/** The host's own words on it. */
function HostNote({ note }: { note: string }) {
  const { state, say } = useWidget()
  const host = useStore(state.$show)?.host
  const name = say(host?.name)
  return (
    <blockquote class="host-note">
      {name && <Thumb name={name} image={host?.avatar} size={28} class="avatar" />}
      <p>{note}</p>
    </blockquote>
  )
}

/** Words that unfold, and the page that says more. */
function SizeGuide({ guide }: { guide: NonNullable<ProductInput['sizeGuide']> }) {
  const { say, url, t } = useWidget()
  const page = url(guide.url)
  const link = page && (
    <a href={page} target="_blank" rel="noopener">
      {t(guide.text ? 'sheet.sizes.more' : 'sheet.sizes')}
    </a>
  )
  if (!guide.text) return link ? <p class="sizes">{link}</p> : null
  return (
    <details class="sizes">
      <summary>{t('sheet.sizes')}</summary>
      <p>{say(guide.text)}</p>
      {link}
    </details>
  )
}

import { formatMoney } from '../../model/money.ts'
import type { Variant } from '../../model/product.ts'
import type { ProductView } from '../../state/product-view.ts'
import { useWidget } from '../context.ts'
import { Price } from '../parts/price.tsx'
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
  const { description, lowest30Days, unitPrice } = product
  const price = variant ? (variant.price ?? product.price) : view.price
  const compareAt = variant ? (variant.compareAt ?? product.compareAt) : view.compareAt
  // What is told of the product is not true of a variant with a price of its own.
  const isOwn = variant?.price !== undefined && variant.price.amount !== product.price?.amount
  const isStruck = price && compareAt && compareAt.amount > price.amount
  const notes =
    isOwn || pricing !== 'known'
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
      {isFew(stock) && view.available && <b class="few">{t('product.left', { count: stock })}</b>}
    </div>
  )
}

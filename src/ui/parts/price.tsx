import { formatMoney, type Money } from '../../model/money.ts'
import { useWidget } from '../context.ts'

/** What {@link Price} takes: a product view, or the same fields of a variant. */
export interface PriceProps {
  /** `pending`: a skeleton stands for it. Absent: `known`. */
  readonly pricing?: 'pending' | 'known' | 'none' | undefined
  readonly price?: Money | undefined
  /** Shown struck when it is above the price. */
  readonly compareAt?: Money | undefined
  /** The lowest of several. */
  readonly from?: boolean | undefined
}

/** The store's price; nothing where there is none to show. */
export function Price({ pricing, price, compareAt, from }: PriceProps) {
  const { t, locale } = useWidget()
  if (pricing === 'pending')
    return (
      <span class="price">
        <span class="skeleton" />
        <span class="sr">{t('price.pending')}</span>
      </span>
    )
  if (!price) return null
  const was = compareAt && compareAt.currency === price.currency && compareAt.amount > price.amount && compareAt
  const words = formatMoney(price, locale)
  return (
    <span class="price num" part="price" data-deal={was ? '' : undefined}>
      {from ? t('price.from', { price: words }) : words}
      {was && (
        <>
          <span class="sr"> {t('price.was')} </span>
          <s>{formatMoney(was, locale)}</s>
        </>
      )}
    </span>
  )
}

import { useEffect, useRef, useState } from 'preact/hooks'
import type { CartResult } from '../../model/cart.ts'
import type { ProductView } from '../../state/product-view.ts'
import { clockTime } from '../clock-time.ts'
import { useWidget } from '../context.ts'
import { OfferTag } from '../live/offer-tag.tsx'
import { CHECK, Icon } from '../parts/icon.tsx'
import { secondsIn } from '../parts/position-of.ts'
import { Price } from '../parts/price.tsx'
import { ProductThumb } from '../parts/product-thumb.tsx'
import { ProductTitle } from '../parts/product-title.tsx'
import { PLUS } from '../parts/stepper.tsx'
import { useStore } from '../use-store.ts'
import { isFew } from './few.ts'

/** A product in a list: what it is, its price, where it is in the show, and the one thing to do with it. `isBrief`: its title alone. */
export function ProductItem({ view, isBrief }: { view: ProductView; isBrief: boolean }) {
  const { t } = useWidget()
  const row = useRef<HTMLLIElement>(null)
  const [result, setResult] = useState<CartResult | null>(null)
  useEffect(() => {
    if (view.now && row.current) bringIn(row.current)
  }, [view.now])
  return (
    <li
      class="item"
      part="item"
      ref={row}
      data-product={view.id}
      data-now={view.now || undefined}
      data-gone={!view.available || undefined}
      data-brief={isBrief || undefined}
    >
      {!isBrief && <ProductThumb product={view.product} size={60} />}
      <div class="grow">
        <ProductTitle view={view} class="item-title open" />
        {!isBrief && (
          <>
            <span class="price-line">
              <Price {...view} />
              <OfferTag productId={view.id} />
            </span>
            <Note view={view} />
          </>
        )}
        {result?.outcome === 'rejected' && (
          <small class="refused">{result.message || t(`reason.${result.reason}`)}</small>
        )}
      </div>
      {isBrief ? null : isQuick(view) ? (
        <QuickAdd view={view} isIn={result?.outcome === 'added'} onResult={setResult} />
      ) : (
        view.available && (
          <span class="quick">
            <Icon d={PLUS} />
          </span>
        )
      )}
    </li>
  )
}

/** Scrolls the list, and nothing of the page, to where a row is in view. */
function bringIn(row: HTMLElement): void {
  const box = row.closest<HTMLElement>('.rail .list, .sheet-body')
  if (!box) return
  const [inner, outer] = [row.getBoundingClientRect(), box.getBoundingClientRect()]
  if (inner.top < outer.top || inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top - inner.height / 2
}

/** Where it is in the show, and how many are left. */
function Note({ view: { product, available, stock, now, shownAt } }: { view: ProductView }) {
  const { state, t } = useWidget()
  const show = useStore(state.$show)
  const isOver = useStore(state.$status) === 'ended'
  const seconds = secondsIn(shownAt ?? NaN, show)
  const moment = (): string => {
    if (shownAt === undefined) return isOver ? '' : t('products.soon')
    return seconds === null ? t('products.shown') : t('products.shown.at', { time: clockTime(seconds) })
  }
  const left = !available ? t('product.soldout') : isFew(stock) ? t('product.left', { count: stock }) : ''
  const parts = [
    product.code && <span class="num">{t('sheet.code', { code: product.code })}</span>,
    now && !isOver ? <b>{t('product.now')}</b> : moment(),
    left && <span class="few">{left}</span>,
  ].filter(Boolean)
  return <small class="item-note">{parts.flatMap((part, at) => (at ? [' · ', part] : [part]))}</small>
}

/** Whether one click is enough: it goes in the cart and comes in one version. */
function isQuick({ product, available }: ProductView): boolean {
  return available && (product.action ?? 'cart') === 'cart' && (product.variants?.length ?? 0) < 2
}

function QuickAdd(given: { view: ProductView; isIn: boolean; onResult(result: CartResult | null): void }) {
  const { view, isIn, onResult } = given
  const { state, commands, say, t } = useWidget()
  const busy = useStore(state.$cartBusy).some((line) => line.split('/')[0] === view.id)
  const add = async () => {
    onResult(null)
    onResult(await commands.add(view.id, view.product.variants?.[0]?.id))
  }
  return (
    <button
      type="button"
      class="quick"
      aria-label={t('products.add', { title: say(view.product.title) })}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      data-in={isIn || undefined}
      onClick={() => void (busy || add())}
    >
      <Icon d={isIn ? CHECK : PLUS} />
    </button>
  )
}

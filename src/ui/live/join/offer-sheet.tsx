import { useEffect, useRef } from 'preact/hooks'
import type { OfferView } from '../../../state/offer-view.ts'
import { type UiModel, useWidget } from '../../context.ts'
import { Price } from '../../parts/price.tsx'
import { ProductThumb } from '../../parts/product-thumb.tsx'
import { ProductTitle } from '../../parts/product-title.tsx'
import { Sheet } from '../../parts/sheet.tsx'
import { useStore } from '../../use-store.ts'
import { TimeLeft } from '../offer-bar.tsx'
import { badgeOf, leftOf, termsOf } from '../offer-words.ts'
import { ProductAction } from '../pinned-card.tsx'
import { Gone } from './gone.tsx'
import { Voucher } from './voucher.tsx'

/** All offers there are, the one asked for in view: what, for how long, for what, and how to get it. */
export function OfferSheet({ id }: { id: string }) {
  const { state, t } = useWidget()
  const offers = useStore(state.$offers)
  if (!offers.length) return <Gone name="offer" />
  const head = (
    <>
      <h2 class="grow">{t('offer.title')}</h2>
      {offers.length > 1 && <small class="num">{t('offer.count', { count: offers.length })}</small>}
    </>
  )
  return (
    <Sheet name="offer" label={t('offer.title')} head={head}>
      <div class="join">
        {offers.map((offer) => (
          <Deal key={offer.id} offer={offer} isWanted={offer.id === id} />
        ))}
      </div>
    </Sheet>
  )
}

function Deal({ offer, isWanted }: { offer: OfferView; isWanted: boolean }) {
  const model = useWidget()
  const { say } = model
  const { stage, seconds, left, terms } = offer
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    const list = box.current?.closest('.sheet-body')
    if (isWanted && list && box.current) list.scrollTop = box.current.offsetTop - list.clientTop - 80
  }, [])
  return (
    <article class="deal" data-stage={stage} data-last={(stage === 'open' && seconds <= 10) || undefined} ref={box}>
      <div class="deal-head">
        <bdi class="off num">{badgeOf(offer, model)}</bdi>
        <h3 class="grow">{say(terms.title)}</h3>
        <TimeLeft offer={offer} />
      </div>
      {stage === 'open' && <i class="bar" style={{ transform: `scaleX(${left})` }} />}
      <Facts offer={offer} />
      {terms.how === 'voucher' && <Voucher offer={offer} />}
      <Products ids={terms.productIds} />
    </article>
  )
}

/** What it is, in whole sentences. */
function Facts({ offer }: { offer: OfferView }) {
  const model = useWidget()
  const { say, t } = model
  const { stage, terms } = offer
  const facts =
    stage === 'open' || stage === 'announced'
      ? [
          stage === 'announced' && t('offer.announced'),
          say(terms.text),
          terms.gift && t('offer.what.gift', { gift: say(terms.gift.title) }),
          ['delivery', 'bundle'].includes(terms.kind) && t(`offer.what.${terms.kind}`),
          terms.forPresent && t('offer.what.present'),
          movedOf(offer, model),
          [leftOf(offer, t), terms.perBuyer && t('offer.per', { count: terms.perBuyer })].filter(Boolean).join(' · '),
          t(`offer.how.${terms.how}`),
        ]
      : [termsOf(offer, model)]
  return (
    <ul class="deal-facts">
      {facts.filter(Boolean).map((words) => (
        <li key={words}>{words}</li>
      ))}
    </ul>
  )
}

/** An end that was moved later, as what it is. */
function movedOf({ terms, extendedFrom }: OfferView, { t, locale }: UiModel): string {
  if (!extendedFrom) return ''
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' })
  return t('offer.moved', { from: clock.format(extendedFrom), to: clock.format(terms.closesAt) })
}

function Products({ ids }: { ids: readonly string[] }) {
  const { state } = useWidget()
  const views = useStore(state.$products).filter(({ id }) => ids.includes(id))
  return views.length ? (
    <ul class="deal-products">
      {views.map((view) => (
        <li key={view.id}>
          <ProductThumb product={view.product} size={52} />
          <div class="grow">
            <ProductTitle view={view} class="title" />
            <Price {...view} />
          </div>
          <ProductAction view={view} />
        </li>
      ))}
    </ul>
  ) : null
}

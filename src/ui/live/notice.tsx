import { useEffect, useRef } from 'preact/hooks'
import { formatMoney } from '../../model/money.ts'
import type { Notice as NoticeValue } from '../../state/create-state.ts'
import { type UiModel, useWidget } from '../context.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { CLOSE } from '../parts/icon.tsx'
import { ProductThumb } from '../parts/product-thumb.tsx'
import { useStore } from '../use-store.ts'

export { default as styles } from './notice.css'

/** ms that good news stays by itself; what needs an answer stays until it is answered. */
const STAY = 8000

type Told = NonNullable<NoticeValue>

/** What became of what the viewer did last, in the pinned card's place, with what to do next. */
export function Notice({ notice }: { notice: Told }) {
  const model = useWidget()
  const { speak, state, commands, t } = model
  const card = useRef<HTMLElement>(null)
  const view = useStore(state.$products).find(({ id }) => 'productId' in notice && id === notice.productId)
  const isGood = notice.kind === 'added'
  const [title, text] = wordsOf(notice, model)
  useEffect(() => {
    speak(`${title}. ${text || model.say(view?.product.title)}`, !isGood)
    if (!isGood) return
    let timer = setTimeout(function leave() {
      if (card.current?.matches(':hover, :focus-within')) timer = setTimeout(leave, STAY)
      else commands.dismissNotice()
    }, STAY)
    return () => clearTimeout(timer)
  }, [notice])
  return (
    <article class="card notice" part="notice" data-kind={notice.kind} ref={card}>
      {view && <ProductThumb product={view.product} size={44} />}
      <div class="grow">
        <b class="title">{title}</b>
        <small>{text || model.say(view?.product.title)}</small>
      </div>
      <IconButton class="plain" label={t('notice.dismiss')} d={CLOSE} onClick={commands.dismissNotice} />
      <Next notice={notice} />
    </article>
  )
}

function Next({ notice }: { notice: Told }) {
  const { state, commands, t } = useWidget()
  const { readCart, changeCart, checkout } = useStore(state.$can)
  if (notice.kind === 'price-changed' && changeCart && notice.lineId !== undefined) {
    const { lineId } = notice
    const remove = () => {
      commands.dismissNotice()
      commands.setQuantity(lineId, 0)
    }
    return (
      <div class="next">
        <Button kind="quiet" onClick={remove}>
          {t('notice.remove')}
        </Button>
        <Button onClick={commands.dismissNotice}>{t('notice.keep')}</Button>
      </div>
    )
  }
  const what = notice.kind === 'refused' ? notice.reason : notice.kind
  // What may not be there is looked for first.
  const canPay = checkout && what !== 'unreachable'
  if (!['added', 'partial', 'price-changed', 'unreachable'].includes(what) || !(readCart || canPay)) return null
  const view = () => {
    commands.dismissNotice()
    commands.showSheet({ name: 'cart' })
  }
  return (
    <div class="next">
      {readCart && (
        <Button kind="quiet" onClick={view}>
          {t('cart.view')}
        </Button>
      )}
      {canPay && <Button onClick={commands.checkout}>{t('cart.checkout')}</Button>}
    </div>
  )
}

/** What happened, and why or with what; the store's own words go before ours. */
function wordsOf(notice: Told, { t, locale }: UiModel): [title: string, text: string] {
  switch (notice.kind) {
    case 'added':
      return [t('notice.added'), '']
    case 'partial':
      return [t('notice.partial', { count: notice.quantity }), notice.message || t(`reason.${notice.reason}`)]
    case 'refused':
      return [
        t(notice.reason === 'unreachable' ? 'notice.unsure' : 'notice.refused'),
        notice.message || t(`reason.${notice.reason}`),
      ]
    case 'price-changed':
      return [t('notice.price-changed'), t('notice.price-changed.text', { price: formatMoney(notice.price, locale) })]
    default:
      return [t('notice.failed'), t('reason.unknown')]
  }
}

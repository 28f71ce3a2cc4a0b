import { useState } from 'preact/hooks'
import type { CartItem, CartResult } from '../../model/cart.ts'
import { formatMoney } from '../../model/money.ts'
import { useWidget } from '../context.ts'
import { OfferTag } from '../live/offer-tag.tsx'
import { Button, IconButton } from '../parts/button.tsx'
import { Thumb } from '../parts/product-thumb.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { Stepper } from '../parts/stepper.tsx'
import { useStore } from '../use-store.ts'

const BIN = 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5'

/** The store's own cart: its lines, quantities, the sum, the checkout. */
export function CartSheet() {
  const { state, commands, t, locale } = useWidget()
  const cart = useStore(state.$cart)
  const { readCart, checkout } = useStore(state.$can)
  const count = cart?.quantity ?? 0
  const head = (
    <>
      <h2 class="grow">{t('cart.title')}</h2>
      {count > 0 && <small class="num">{t('cart.count', { count })}</small>}
    </>
  )
  const foot = cart && count > 0 && (
    <>
      <p class="cart-total">
        <span class="grow">{t('cart.total')}</span>
        <b class="num">{formatMoney(cart.total, locale)}</b>
      </p>
      {checkout && (
        <Button wide onClick={commands.checkout} part="checkout">
          {t('cart.checkout')}
        </Button>
      )}
    </>
  )
  return (
    <Sheet name="cart" label={t('cart.title')} head={head} foot={foot || undefined}>
      {!readCart ? <Unread /> : !cart ? <Waiting /> : count > 0 ? <Lines items={cart.items} /> : <Empty />}
    </Sheet>
  )
}

function Lines({ items }: { items: readonly CartItem[] }) {
  return (
    <ul class="cart-lines">
      {items.map((item) => (
        <Line key={item.id} item={item} />
      ))}
    </ul>
  )
}

function Line({ item }: { item: CartItem }) {
  const { state, commands, t, locale } = useWidget()
  const [refused, setRefused] = useState<Extract<CartResult, { outcome: 'rejected' | 'partial' }> | null>(null)
  const busy = useStore(state.$cartBusy).includes(item.id)
  const { changeCart } = useStore(state.$can)
  const { id, title, variantTitle, quantity, price, total, image } = item
  const put = async (wanted: number) => {
    setRefused(null)
    const result = await commands.setQuantity(id, wanted)
    if (result.outcome === 'rejected' || result.outcome === 'partial') setRefused(result)
  }
  return (
    <li class="cart-line" part="line" data-busy={busy || undefined}>
      <Thumb name={title} image={image} size={68} />
      <div class="line-words">
        <b>{title}</b>
        {variantTitle && <small>{variantTitle}</small>}
        {item.productId && <OfferTag productId={item.productId} />}
        {quantity > 1 && <small class="num">{t('cart.each', { price: formatMoney(price, locale) })}</small>}
      </div>
      <b class="line-total num">{formatMoney(total, locale)}</b>
      <div class="line-tools">
        {changeCart ? (
          <>
            <Stepper label={title} value={quantity} busy={busy} onChange={put} />
            <IconButton
              class="plain"
              label={t('cart.remove', { title })}
              d={BIN}
              onClick={() => void (busy || put(0))}
            />
          </>
        ) : (
          <small class="num">× {quantity}</small>
        )}
      </div>
      {refused && (
        <p class="refused" role="alert">
          {refused.message || t(`reason.${refused.reason}`)}
        </p>
      )}
    </li>
  )
}

function Empty() {
  const { commands, t } = useWidget()
  return (
    <div class="none">
      <b>{t('cart.empty')}</b>
      <p>{t('cart.empty.text')}</p>
      <Button kind="quiet" onClick={() => commands.showSheet({ name: 'products' })}>
        {t('cart.look')}
      </Button>
    </div>
  )
}

function Unread() {
  const { state, commands, t } = useWidget()
  const { checkout } = useStore(state.$can)
  return (
    <div class="none">
      <b>{t('cart.unread')}</b>
      <p>{t('cart.unread.text')}</p>
      {checkout && <Button onClick={commands.checkout}>{t('cart.page')}</Button>}
    </div>
  )
}

function Waiting() {
  const { t } = useWidget()
  return (
    <ul class="cart-lines" aria-label={t('cart.waiting')}>
      {[0, 1].map((key) => (
        <li class="cart-line" key={key}>
          <span class="thumb" style={{ width: '68px' }} />
          <span class="skeleton" />
        </li>
      ))}
    </ul>
  )
}

import { formatMoney } from '../../model/money.ts'
import { useWidget } from '../context.ts'
import { Button } from '../parts/button.tsx'
import { useStore } from '../use-store.ts'

/** How much is in the cart, what it comes to, and the way to the checkout. Nothing where the cart cannot be read and nothing leads to it. */
export function CartFoot() {
  const { state, commands, t, locale } = useWidget()
  const cart = useStore(state.$cart)
  const { readCart, checkout } = useStore(state.$can)
  if (!readCart && !checkout) return null
  const count = cart?.quantity ?? 0
  return (
    <div class="cart-foot" part="cart-foot">
      {readCart && (
        <button type="button" class="cart-open" onClick={() => commands.showSheet({ name: 'cart' })}>
          <span class="grow num">
            {t('cart.title')}
            {count > 0 && ` · ${count}`}
          </span>
          {cart ? (
            <b class="num">{count > 0 ? formatMoney(cart.total, locale) : t('cart.empty')}</b>
          ) : (
            <span class="skeleton" />
          )}
        </button>
      )}
      {checkout && (count > 0 || !readCart) && (
        <Button wide onClick={commands.checkout} part="checkout">
          {t(readCart ? 'cart.checkout' : 'cart.page')}
        </Button>
      )}
    </div>
  )
}

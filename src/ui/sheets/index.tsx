import cart from '../cart/cart.css'
import { CartSheet } from '../cart/cart-sheet.tsx'
import { useWidget } from '../context.ts'
import { Lazy } from '../lazy.tsx'
import sheet from '../parts/sheet.css'
import { useStore } from '../use-store.ts'
import options from './option-groups.css'
import product from './product-sheet.css'
import { ProductSheet } from './product-sheet.tsx'
import products from './products-sheet.css'
import { ProductsSheet } from './products-sheet.tsx'
import request from './request-form.css'

export { CartFoot } from '../cart/cart-foot.tsx'
export { ProductRail } from './products-sheet.tsx'

/** What the sheets wear. */
export const styles: string = [sheet, product, options, request, products, cart].join('')

const loadJoin = () => import('../live/join/index.tsx')
const loadShow = () => import('../show/index.tsx')
const loadRecap = () => import('../live/recap/index.tsx')

/** The sheet that `$sheet` names; nothing for `null`. */
export function Sheets() {
  const { state } = useWidget()
  const sheet = useStore(state.$sheet)
  if (!sheet) return null
  if (sheet.name === 'product') return <ProductSheet key={sheet.id} id={sheet.id} />
  if (sheet.name === 'poll' || sheet.name === 'raffle' || sheet.name === 'offer')
    return (
      <Lazy key="join" load={loadJoin}>
        {({ JoinSheet }) => <JoinSheet sheet={sheet} />}
      </Lazy>
    )
  if (sheet.name === 'questions')
    return (
      <Lazy key="recap" load={loadRecap}>
        {({ RecapSheet }) => <RecapSheet isSoFar={false} productId={sheet.productId} />}
      </Lazy>
    )
  if (sheet.name === 'so-far')
    return (
      <Lazy key="recap" load={loadRecap}>
        {({ RecapSheet }) => <RecapSheet isSoFar />}
      </Lazy>
    )
  if (sheet.name === 'host' || sheet.name === 'moments')
    return (
      <Lazy key="show" load={loadShow}>
        {({ ShowSheet }) => <ShowSheet name={sheet.name} />}
      </Lazy>
    )
  return sheet.name === 'cart' ? <CartSheet key="cart" /> : <ProductsSheet key="products" />
}

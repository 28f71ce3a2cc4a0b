import { CartFoot } from '../cart/cart-foot.tsx'
import { useWidget } from '../context.ts'
import { Sheet } from '../parts/sheet.tsx'
import { useStore } from '../use-store.ts'
import { ProductList } from './product-list.tsx'

/** All products of the show in a sheet, with the way to the checkout below them. */
export function ProductsSheet() {
  const { t } = useWidget()
  return (
    <Sheet name="products" label={t('products.title')} head={<RailHead />} foot={<CartFoot />}>
      <ProductList />
    </Sheet>
  )
}

/** All products of the show as a column: for a panel that stays. */
export function ProductRail() {
  return (
    <div class="rail">
      <header class="rail-head">
        <RailHead />
      </header>
      <ProductList />
    </div>
  )
}

function RailHead() {
  const { state, t } = useWidget()
  const count = useStore(state.$products).length
  return (
    <>
      <h2 class="grow">{t('products.title')}</h2>
      {count > 0 && <small class="num">{t('products.count', { count })}</small>}
    </>
  )
}

import { useWidget } from '../context.ts'
import { IconButton } from '../parts/button.tsx'
import { BAG } from '../parts/icon.tsx'
import { useStore } from '../use-store.ts'

const GRID = 'M5 5h5v5H5zM14 5h5v5h-5zM5 14h5v5H5zM14 14h5v5h-5z'

/** All products and the cart, at the thumb's reach. */
export function BagButtons() {
  const { state, commands, t } = useWidget()
  const count = useStore(state.$cart)?.quantity ?? 0
  const { readCart } = useStore(state.$can)
  return (
    <div class="bag">
      <IconButton label={t('products.open')} d={GRID} onClick={() => commands.showSheet({ name: 'products' })} />
      {readCart && (
        <IconButton
          label={count ? t('cart.open.count', { count }) : t('cart.open')}
          d={BAG}
          badge={count > 99 ? '99+' : count}
          onClick={() => commands.showSheet({ name: 'cart' })}
        />
      )}
    </div>
  )
}

import { orderView } from '../../../state/order-view.ts'
import { useWidget } from '../../context.ts'
import { CLOSE, Icon } from '../../parts/icon.tsx'
import { ProductThumb } from '../../parts/product-thumb.tsx'
import { usePart, useStore } from '../../use-store.ts'

/** Words of others, which may be read the other way than the sentence they stand in (U+2068, U+2069). */
const apart = (words: string) => `\u2068${words}\u2069`

/** Who has just bought what, from confirmed orders alone; nothing where the show or the viewer does not want it. Not spoken: it would never end. */
export function OrderNotice() {
  const { state, commands, say, t } = useWidget()
  usePart(state.$room, ({ now }) => now.order)
  const moment = { now: useStore(state.$now), picture: useStore(state.$picture) }
  const isReplay = useStore(state.$status) === 'replay'
  const isOff = useStore(state.$show)?.orderNotices === false
  const { hidesOrders } = useStore(state.$mine)
  const order = isOff || hidesOrders ? null : orderView(state.$room.get(), moment, isReplay)
  const product = useStore(state.$products).find(({ id }) => id === order?.productId)?.product
  if (!order || !product) return null
  const { name, place, key } = order
  const form = name && place ? 'both' : name ? 'name' : place ? 'place' : 'none'
  return (
    <p class="order card" part="order" key={key}>
      <ProductThumb product={product} size={32} />
      <span class="grow">
        {t(`order.${form}`, { name: apart(name), place: apart(place), title: apart(say(product.title)) })}
      </span>
      <button
        type="button"
        aria-label={t('order.hide')}
        title={t('order.hide')}
        onClick={() => commands.keep({ hidesOrders: true })}
      >
        <Icon d={CLOSE} />
      </button>
    </p>
  )
}

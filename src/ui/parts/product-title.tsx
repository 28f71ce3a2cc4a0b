import type { ProductView } from '../../state/product-view.ts'
import { useWidget } from '../context.ts'

/** A product's title, which leads to its sheet. */
export function ProductTitle({ view, class: name }: { view: ProductView; class: string }) {
  const { commands, say, t } = useWidget()
  const title = say(view.product.title)
  return (
    <button
      type="button"
      class={name}
      aria-label={t('product.open', { title })}
      onClick={() => commands.showSheet({ name: 'product', id: view.id })}
    >
      {title}
    </button>
  )
}

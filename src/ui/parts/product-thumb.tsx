import type { ProductInput } from '../../model/product.ts'
import { useWidget } from '../context.ts'

/** What {@link ProductThumb} takes. */
export interface ProductThumbProps {
  readonly product: ProductInput
  /** px of its side. */
  readonly size: number
  /** Another picture than the product's first, e.g. the variant's. */
  readonly image?: string | undefined
}

/** A product's square picture, beside its title and therefore without words; its first letter where there is none. */
export function ProductThumb({ product, size, image = product.images?.[0] }: ProductThumbProps) {
  const { say } = useWidget()
  return <Thumb name={say(product.title)} image={image} size={size} />
}

/** A square or round picture with the first letter of its name beneath, seen until the picture is there. */
export function Thumb(given: { name: string; image: string | undefined; size: number; class?: string }) {
  const { url } = useWidget()
  const src = url(given.image)
  return (
    <span class={`thumb ${given.class ?? ''}`} style={{ width: `${given.size}px` }} aria-hidden="true">
      <span>{[...given.name][0]}</span>
      {src && (
        <img
          key={src}
          src={src}
          alt=""
          decoding="async"
          draggable={false}
          onError={(event) => {
            event.currentTarget.hidden = true
          }}
        />
      )}
    </span>
  )
}

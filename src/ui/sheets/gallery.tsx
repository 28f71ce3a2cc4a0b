import { useEffect, useRef, useState } from 'preact/hooks'
import type { ProductInput } from '../../model/product.ts'
import { useWidget } from '../context.ts'
import { Thumb } from '../parts/product-thumb.tsx'

/** What {@link Gallery} takes. */
export interface GalleryProps {
  readonly product: ProductInput
  /** The picture of what is chosen: shown when it changes. */
  readonly image: string | undefined
}

/** A product's pictures: one large, swiped; the rest as small ones below it. */
export function Gallery({ product, image }: GalleryProps) {
  const { say, t } = useWidget()
  const strip = useRef<HTMLDivElement>(null)
  const [shown, setShown] = useState(0)
  const known = product.images ?? []
  const images = image && !known.includes(image) ? [image, ...known] : known
  const count = images.length
  const name = say(product.title)
  const go = (index: number) => {
    const { current } = strip
    setShown(index)
    current?.scrollTo({ left: index * current.clientWidth * (getComputedStyle(current).direction === 'rtl' ? -1 : 1) })
  }
  useEffect(() => {
    if (image) go(images.indexOf(image))
  }, [image])
  return (
    <div class="gallery">
      <div
        class="strip"
        tabIndex={count > 1 ? 0 : undefined}
        ref={strip}
        onScroll={({ currentTarget }) => {
          const { scrollLeft, clientWidth } = currentTarget
          if (clientWidth) setShown(Math.round(Math.abs(scrollLeft) / clientWidth))
        }}
      >
        {(count ? images : [undefined]).map((one) => (
          <Thumb key={one} name={name} image={one} size={112} />
        ))}
      </div>
      {count > 1 && (
        <fieldset class="dots" aria-label={t('sheet.pictures')}>
          {images.map((one, index) => (
            <button
              key={one}
              type="button"
              aria-label={t('sheet.picture', { number: index + 1, count })}
              aria-current={index === shown || undefined}
              onClick={() => go(index)}
            >
              <Thumb name={name} image={one} size={40} />
            </button>
          ))}
        </fieldset>
      )}
    </div>
  )
}

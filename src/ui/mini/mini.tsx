import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { clockTime } from '../clock-time.ts'
import { useWidget } from '../context.ts'
import { Lazy } from '../lazy.tsx'
import { isIn } from '../live/offer-words.ts'
import { IconButton } from '../parts/button.tsx'
import { Price } from '../parts/price.tsx'
import { ProductThumb } from '../parts/product-thumb.tsx'
import { MuteButton } from '../stage/mute-button.tsx'
import { Standing } from '../stage/standing.tsx'
import { useStore } from '../use-store.ts'

const loadNow = () => import('../live/now/index.tsx')
const MOVE = 'M7 8l-4 4 4 4M3 12h18M17 8l4 4-4 4'

/** The small player: the picture brings the show back; what is in it, its price and the time left; sound, corner, close. */
export function Mini() {
  const { state, commands, t } = useWidget()
  const pin = useStore(state.$products).find((view) => view.now)
  const offer = useStore(state.$offers).find((offer) => offer.stage === 'open' && (!pin || isIn(pin.id, offer)))
  const { questions, entries } = useStore(state.$mine)
  const hasOwn = questions.length > 0 || Object.keys(entries).length > 0
  const open = useRef<HTMLButtonElement>(null)
  const drag = useDrag()
  useLayoutEffect(() => {
    if (open.current && dialogOf(open.current)?.matches(':focus')) open.current.focus({ preventScroll: true })
  }, [])
  return (
    <>
      <button
        type="button"
        ref={open}
        class="mini-open"
        aria-label={t('player.restore')}
        onClick={() => drag.wasTap() && commands.open()}
        onPointerDown={drag.start}
      />
      <Standing />
      <div class="mini-tools">
        <MuteButton />
        <IconButton label={t('player.move')} d={MOVE} onClick={() => open.current && changeCorner(open.current)} />
      </div>
      {hasOwn && <Lazy load={loadNow}>{({ MiniNews }) => <MiniNews />}</Lazy>}
      {(pin || offer) && (
        <div class="mini-strip card">
          {pin && <ProductThumb product={pin.product} size={40} />}
          <div class="grow">
            {pin && <Price pricing={pin.pricing} price={pin.price} from={pin.from} />}
            {offer && <small class="num cut">{t('offer.timer', { time: clockTime(offer.seconds) })}</small>}
          </div>
        </div>
      )}
    </>
  )
}

const dialogOf = (element: Element) => element.closest('dialog')

function changeCorner(element: Element): void {
  const dialog = dialogOf(element)
  if (dialog) dialog.dataset.corner = dialog.dataset.corner ? '' : 'other'
}

/** Lets the small player be dragged to the other corner; `wasTap` is false for the click that ends a drag. */
function useDrag() {
  const moved = useRef(0)
  return {
    wasTap: () => moved.current < 6,
    start({ currentTarget: button, clientX: from, pointerId }: JSX.TargetedPointerEvent<HTMLElement>) {
      const dialog = dialogOf(button)
      if (!dialog) return
      moved.current = 0
      const ended = new AbortController()
      const { signal } = ended
      const isRight = () => {
        const { left, width } = dialog.getBoundingClientRect()
        return left + width / 2 > innerWidth / 2
      }
      const move = ({ clientX }: PointerEvent) => {
        moved.current = Math.max(moved.current, Math.abs(clientX - from))
        dialog.style.translate = `${clientX - from}px`
      }
      const end = () => {
        ended.abort()
        const wasRight = isRight()
        dialog.style.translate = ''
        if (isRight() !== wasRight) changeCorner(button)
      }
      button.setPointerCapture(pointerId)
      button.addEventListener('pointermove', move, { signal })
      button.addEventListener('pointerup', end, { signal })
      button.addEventListener('pointercancel', end, { signal })
    },
  }
}

import { cleanWords } from '../../lib/clean-words.ts'
import type { ProductView } from '../../state/product-view.ts'
import { clockTime } from '../clock-time.ts'
import { useWidget } from '../context.ts'
import { positionOf } from '../parts/position-of.ts'
import { ProductThumb } from '../parts/product-thumb.tsx'
import { usePart, useStore } from '../use-store.ts'

/** Part of the line that a picture takes: of two closer than this, the earlier is shown. */
const ROOM = 0.1

/** What {@link Moments} takes: seconds of media at both ends of the line. */
export interface MomentsProps {
  readonly start: number
  readonly end: number
}

/** Where on the line each product is shown; a press goes there. */
export function Moments({ start, end }: MomentsProps) {
  const { state, commands, say, t } = useWidget()
  const views = useStore(state.$products)
  const playback = useStore(state.$playback)
  const show = useStore(state.$show)
  const now = useStore(state.$now)
  const moments: { key: string; view: ProductView; place: number; part: number }[] = []
  for (const { productId, at } of useStore(state.$moments)) {
    const view = views.find(({ id }) => id === productId)
    const place = positionOf(at, { playback, show, now })
    const part = place === null ? -1 : (place - start) / (end - start)
    if (!view || place === null || part < 0 || part > 1) continue
    if (part >= (moments.at(-1)?.part ?? -1) + ROOM) moments.push({ key: `${productId}@${at}`, view, place, part })
  }
  return (
    <>
      <AnswerMarks start={start} end={end} taken={moments.map(({ part }) => part)} />
      {moments.map(({ key, view, place, part }) => (
        <button
          key={key}
          type="button"
          class="moment"
          style={{ insetInlineStart: `${part * 100}%` }}
          aria-label={t('replay.moment', { title: say(view.product.title), time: clockTime(place) })}
          onClick={() => commands.seek(place)}
        >
          <ProductThumb product={view.product} size={24} />
        </button>
      ))}
    </>
  )
}

/** Where on the line the host answers a question, as far as there is room beside what is `taken`. */
function AnswerMarks({ start, end, taken }: MomentsProps & { readonly taken: readonly number[] }) {
  const { state, commands, t } = useWidget()
  const playback = useStore(state.$playback)
  const show = useStore(state.$show)
  const now = useStore(state.$now)
  const questions = usePart(state.$room, (room) => room.questions)
  const places: number[] = [...taken]
  return (
    <>
      {useStore(state.$answers).map(({ id, question, at }) => {
        const place = positionOf(at, { playback, show, now })
        const part = place === null ? -1 : (place - start) / (end - start)
        const isCrowded = places.some((other) => Math.abs(other - part) < ROOM * 0.75)
        if (place === null || part < 0 || part > 1 || isCrowded || questions[id]?.hide) return null
        places.push(part)
        return (
          <button
            key={id}
            type="button"
            class="moment answer-mark"
            style={{ insetInlineStart: `${part * 100}%` }}
            aria-label={t('recap.answer', { question: cleanWords(question), time: clockTime(place) })}
            onClick={() => commands.seek(place)}
          >
            <i>?</i>
          </button>
        )
      })}
    </>
  )
}

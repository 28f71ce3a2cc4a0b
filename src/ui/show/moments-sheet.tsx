import { useState } from 'preact/hooks'
import { type Chapter, chaptersOf } from '../../state/chapters.ts'
import type { ProductView } from '../../state/product-view.ts'
import { clockTime } from '../clock-time.ts'
import { useWidget } from '../context.ts'
import { useShare } from '../live/together/use-share.ts'
import { IconButton } from '../parts/button.tsx'
import { positionOf, secondsIn } from '../parts/position-of.ts'
import { ProductThumb } from '../parts/product-thumb.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { useSpeak } from '../speak.tsx'
import { useStore } from '../use-store.ts'

const LINK = 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1'

/** A show by its products: each moment plays alone, and has a link of its own. */
export function MomentsSheet() {
  const { state, t } = useWidget()
  const views = useStore(state.$products)
  const chapters = chaptersOf(useStore(state.$moments)).flatMap((chapter) => {
    const view = views.find(({ id }) => id === chapter.productId)
    return view ? [{ chapter, view }] : []
  })
  return (
    <Sheet name="moments" label={t('moments.title')} head={<h2 class="grow">{t('moments.title')}</h2>}>
      {chapters.length ? (
        <ol class="moments">
          {chapters.map(({ chapter, view }) => (
            <Moment key={`${view.id}@${chapter.from}`} chapter={chapter} view={view} />
          ))}
        </ol>
      ) : (
        <p class="none">{t('moments.none')}</p>
      )}
    </Sheet>
  )
}

function Moment({ chapter, view }: { chapter: Chapter; view: ProductView }) {
  const { state, commands, say, t } = useWidget()
  const show = useStore(state.$show)
  const playback = useStore(state.$playback)
  const now = useStore(state.$now)
  const share = useShare()
  const speak = useSpeak()
  const [told, setTold] = useState('')
  const title = say(view.product.title)
  const seconds = secondsIn(chapter.from, show)
  const length = chapter.until === undefined ? null : (chapter.until - chapter.from) / 1000
  const canPlay = positionOf(chapter.from, { playback, show, now }) !== null
  const pass = async () => {
    const words = await share(chapter)
    setTold(words)
    if (words) speak(words)
  }
  return (
    <li>
      <ProductThumb product={view.product} size={52} />
      <button
        type="button"
        class="grow moment-play"
        disabled={!canPlay}
        onClick={() => {
          commands.playClip(chapter.from, chapter.until)
          commands.showSheet(null)
        }}
      >
        <b>{title}</b>
        <small class="num">
          {[seconds !== null && clockTime(seconds), length !== null && t('moments.length', { time: clockTime(length) })]
            .filter(Boolean)
            .join(' · ')}
        </small>
        {told && <small>{told}</small>}
      </button>
      <IconButton class="plain" label={t('moments.share', { title })} d={LINK} onClick={pass} />
    </li>
  )
}

import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { cleanWords } from '../../lib/clean-words.ts'
import { chaptersOf, type Span } from '../../state/chapters.ts'
import { clockTime } from '../clock-time.ts'
import { useWidget } from '../context.ts'
import { useShare } from '../live/together/use-share.ts'
import { IconButton } from '../parts/button.tsx'
import { positionOf, secondsIn } from '../parts/position-of.ts'
import { ProductThumb } from '../parts/product-thumb.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { usePart, useStore } from '../use-store.ts'

const LINK = 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1'

/** A show by its products and its answers: each moment plays alone, and has a link of its own. */
export function MomentsSheet() {
  const { state, say, t } = useWidget()
  const views = useStore(state.$products)
  const questions = usePart(state.$room, (room) => room.questions)
  const products = chaptersOf(useStore(state.$moments)).flatMap(({ productId, from, until }) => {
    const product = views.find(({ id }) => id === productId)?.product
    const picture = product && <ProductThumb product={product} size={52} />
    return product ? [{ key: productId, from, until, title: say(product.title), picture }] : []
  })
  const answers = useStore(state.$answers)
    .filter(({ id }) => !questions[id]?.hide)
    .map(({ id, question, at }) => ({
      ...{ key: id, from: at, until: undefined, title: cleanWords(question) },
      picture: <i class="asked-mark">?</i>,
    }))
  const moments = [...products, ...answers].sort((a, b) => a.from - b.from)
  return (
    <Sheet name="moments" label={t('moments.title')} head={<h2 class="grow">{t('moments.title')}</h2>}>
      {moments.length ? (
        <ol class="moments">
          {moments.map(({ key, ...moment }) => (
            <Moment key={`${key}@${moment.from}`} {...moment} />
          ))}
        </ol>
      ) : (
        <p class="none">{t('moments.none')}</p>
      )}
    </Sheet>
  )
}

interface MomentProps extends Span {
  readonly title: string
  readonly picture: ComponentChildren
}

function Moment({ title, picture, from, until }: MomentProps) {
  const { speak, state, commands, t } = useWidget()
  const show = useStore(state.$show)
  const playback = useStore(state.$playback)
  const now = useStore(state.$now)
  const share = useShare()
  const [told, setTold] = useState('')
  const seconds = secondsIn(from, show)
  const canPlay = positionOf(from, { playback, show, now }) !== null
  const pass = async () => {
    const words = await share({ from, until })
    setTold(words)
    if (words) speak(words)
  }
  return (
    <li>
      {picture}
      <button
        type="button"
        class="grow moment-play"
        disabled={!canPlay}
        onClick={() => {
          commands.playClip(from, until)
          commands.showSheet(null)
        }}
      >
        <b dir="auto">{title}</b>
        <small class="num">
          {[
            seconds !== null && clockTime(seconds),
            until !== undefined && t('moments.length', { time: clockTime((until - from) / 1000) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
        {told && <small>{told}</small>}
      </button>
      <IconButton class="plain" label={t('moments.share', { title })} d={LINK} onClick={pass} />
    </li>
  )
}

import { useEffect, useRef, useState } from 'preact/hooks'
import { heartCount } from '../../../state/heart-count.ts'
import { useWidget } from '../../context.ts'
import { IconButton } from '../../parts/button.tsx'
import { usePart } from '../../use-store.ts'
import { flyHearts } from './fly-hearts.ts'

const HEART = 'M12 20s-7.5-4.6-7.5-10A4.3 4.3 0 0 1 12 7.3 4.3 4.3 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10z'
/** Hearts from which on they are told shortly. Below it each is seen to count, which is all that is seen of it where motion is not wanted. */
const MANY = 1e5
/** ms between two batches of hearts that go up. */
const PACE = 1000
/** Hearts of one batch at most. */
const MOST = 20

/** Sends hearts, and lets everyone's fly: those of others as the show counts them, one's own at the press. The count alone where motion is not wanted. */
export function HeartButton({ onRefused }: { onRefused(words: string): void }) {
  const { state, locale, t } = useWidget()
  const sky = useRef<HTMLSpanElement>(null)
  const total = usePart(state.$room, heartCount)
  const { ahead, press } = usePresses(total, onRefused)
  const last = useRef(total)
  const own = useRef(0)
  useEffect(() => {
    const others = total - last.current - own.current
    // The first count is of all that was before.
    if (last.current > 0 && others > 0 && sky.current) flyHearts(sky.current, others)
    own.current = Math.max(0, own.current - Math.max(0, total - last.current))
    last.current = total
  }, [total])
  const send = () => {
    own.current++
    press()
    if (sky.current) flyHearts(sky.current, 1)
  }
  const count = total + ahead
  return (
    <span class="heart" data-given={ahead > 0 || undefined}>
      <span class="sky" ref={sky} aria-hidden="true" />
      <IconButton label={count ? t('heart.send.count', { count }) : t('heart.send')} d={HEART} onClick={send} />
      {count > 0 && (
        <small class="num" aria-hidden="true">
          {new Intl.NumberFormat(locale, { notation: count < MANY ? 'standard' : 'compact' }).format(count)}
        </small>
      )}
    </span>
  )
}

/** Gathers presses and sends them together; `ahead`: those that the show's count does not have yet. */
function usePresses(total: number, onRefused: (words: string) => void): { ahead: number; press(): void } {
  const { commands, t } = useWidget()
  const [ahead, setAhead] = useState(0)
  const waiting = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>()
  const known = useRef(total)
  useEffect(() => {
    const counted = Math.max(0, total - known.current)
    known.current = total
    setAhead((before) => Math.max(0, before - counted))
  }, [total])
  const flush = async () => {
    clearTimeout(timer.current)
    timer.current = undefined
    const count = Math.min(MOST, waiting.current)
    waiting.current = 0
    if (!count) return
    const answer = await commands.send('reaction.send', { count })
    if (answer.ok) return
    setAhead((before) => Math.max(0, before - count))
    onRefused(answer.message || t(`heart.reason.${answer.reason === 'closed' ? 'closed' : 'lost'}`))
  }
  useEffect(() => () => void flush(), [])
  return {
    ahead,
    press() {
      if (waiting.current >= MOST) return
      waiting.current++
      setAhead((before) => before + 1)
      timer.current ??= setTimeout(flush, PACE)
    },
  }
}

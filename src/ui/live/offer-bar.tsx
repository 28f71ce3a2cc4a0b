import { useEffect, useRef } from 'preact/hooks'
import type { OfferView } from '../../state/offer-view.ts'
import { clockTime } from '../clock-time.ts'
import { type UiModel, useWidget } from '../context.ts'
import { useSpeak } from '../speak.tsx'
import { useStore } from '../use-store.ts'

/** Seconds before the end at which the time left is spoken; it is never spoken each second. */
const SPOKEN = [60, 30, 10]

/** The first offer there is: what, its terms, the time left, a line that drains. */
export function OfferBar() {
  const { state } = useWidget()
  const [offer] = useStore(state.$offers)
  return offer ? <OfferBlock offer={offer} /> : null
}

function OfferBlock({ offer }: { offer: OfferView }) {
  const model = useWidget()
  const { say, t } = model
  const { stage, seconds, left, terms } = offer
  useCountdownSpeech(offer, model)
  return (
    <section
      class="offer card"
      part="offer"
      data-stage={stage}
      data-last={(stage === 'open' && seconds <= 10) || undefined}
    >
      <bdi class="off num">{badgeOf(offer, model)}</bdi>
      <div class="grow">
        <b class="title">{say(terms.title)}</b>
        <small>{termsOf(offer, model)}</small>
      </div>
      {stage === 'open' && (
        <time class="num" role="timer" aria-label={t('offer.timer', { time: spokenTime(seconds, model) })}>
          {clockTime(seconds)}
        </time>
      )}
      <i class="bar" style={{ transform: `scaleX(${left})` }} />
    </section>
  )
}

/** What is to be had, in a word: −15 %, Gift. */
export function badgeOf({ terms }: OfferView, { t }: Pick<UiModel, 't'>): string {
  return terms.percentOff ? t('offer.off', { percent: terms.percentOff }) : t(`offer.kind.${terms.kind}`)
}

/** The terms in words: what they say, how many per person, how many are left; or that it is over. */
export function termsOf({ stage, seconds, reason, terms }: OfferView, { say, t }: UiModel): string {
  if (stage === 'announced') return t('offer.soon', { time: clockTime(seconds) })
  if (stage !== 'open') return t(`offer.closed.${stage === 'ended' ? 'ended' : (reason ?? 'time')}`)
  const { quantity, remaining = quantity, perBuyer, text } = terms
  const parts = [
    say(text),
    perBuyer && t('offer.per', { count: perBuyer }),
    quantity && remaining !== undefined && t('offer.left', { remaining, quantity }),
  ]
  return parts.filter(Boolean).join(' · ')
}

function spokenTime(seconds: number, { t }: UiModel): string {
  return seconds >= 60 ? t('time.minutes', { count: Math.round(seconds / 60) }) : t('time.seconds', { count: seconds })
}

function useCountdownSpeech(offer: OfferView, model: UiModel): void {
  const speak = useSpeak()
  const last = useRef('')
  const { id, stage, seconds, terms } = offer
  const step = stage === 'open' ? SPOKEN.findLast((moment) => seconds <= moment) : undefined
  const now = `${id} ${stage} ${step}`
  useEffect(() => {
    if (last.current === now) return
    const isFirst = !last.current.startsWith(`${id} ${stage}`)
    last.current = now
    const title = model.say(terms.title)
    if (step !== undefined) speak(model.t('offer.speak', { title, time: spokenTime(seconds, model) }))
    else if (isFirst) speak(`${badgeOf(offer, model)} ${title}. ${termsOf(offer, model)}`)
  }, [now])
}

import { useEffect, useRef } from 'preact/hooks'
import type { OfferView } from '../../state/offer-view.ts'
import { clockTime } from '../clock-time.ts'
import { type UiModel, useWidget } from '../context.ts'
import { useStore } from '../use-store.ts'
import { badgeOf, leftOf, spokenTime, termsOf } from './offer-words.ts'

/** Seconds before the end at which the time left is spoken; it is never spoken each second. */
const SPOKEN = [60, 30, 10]

/** The first offer there is: what, its terms, the time left, a line that drains. All of it leads to the sheet of all offers. */
export function OfferBar() {
  const model = useWidget()
  const offers = useStore(model.state.$offers)
  const [offer, ...others] = offers
  useOfferSpeech(offers, model)
  return offer ? <OfferBlock offer={offer} others={others.length} /> : null
}

/** An offer in a block: what, its terms, the time left, a line that drains, the way to its sheet. `others`: how many there are behind it; absent: it stands in a sheet. */
export function OfferBlock({ offer, others }: { offer: OfferView; others?: number }) {
  const model = useWidget()
  const { commands, say, t } = model
  const { id, stage, seconds, left, terms } = offer
  const { codes } = useStore(model.state.$mine)
  const code = Object.hasOwn(codes, id) ? codes[id]?.code : undefined
  const words = code
    ? t('voucher.yours', { code })
    : stage === 'announced'
      ? t('offer.announced')
      : termsOf(offer, model)
  const pull = stage === 'open' && terms.how === 'voucher' && !code
  return (
    <section
      class={others === undefined ? 'offer' : 'offer card'}
      part="offer"
      data-stage={stage}
      data-low={offer.isLow || undefined}
      data-last={(stage === 'open' && seconds <= 10) || undefined}
    >
      <bdi class="off num">{badgeOf(offer, model)}</bdi>
      <div class="grow">
        <button type="button" class="title open" onClick={() => commands.showSheet({ name: 'offer', id })}>
          {say(terms.title)}
        </button>
        <small class="num">
          {pull && <TimeLeft offer={offer} />}
          {pull && words && ' · '}
          {words}
        </small>
      </div>
      <span class="side num">
        {pull ? <span class="pull">{t('voucher.get')}</span> : <TimeLeft offer={offer} />}
        {!!others && <small aria-hidden="true">{t('offer.more', { count: others })}</small>}
      </span>
      {stage === 'open' && <i class="bar" style={{ transform: `scaleX(${left})` }} />}
    </section>
  )
}

/** The time to an offer's opening or end; nothing once it is over. */
export function TimeLeft({ offer }: { offer: OfferView }) {
  const model = useWidget()
  const { stage, seconds } = offer
  if (stage !== 'open' && stage !== 'announced') return null
  const time = spokenTime(seconds, model)
  return (
    <time class="num" role="timer" aria-label={model.t(stage === 'open' ? 'offer.timer' : 'offer.soon', { time })}>
      {clockTime(seconds)}
    </time>
  )
}

/** Says of every offer, not of the first alone: that it is new, the time left at {@link SPOKEN}, that few are left, that its end was moved. */
function useOfferSpeech(offers: readonly OfferView[], model: UiModel): void {
  const last = useRef<Record<string, Told>>({})
  const told = Object.fromEntries(offers.map((offer) => [offer.id, toldOf(offer)]))
  useEffect(() => {
    const words = offers.map((offer) => newsOf(offer, last.current[offer.id], model)).join(' ')
    last.current = told
    // In one go: what is said next takes the place of what was.
    if (words.trim()) model.speak(words.trim())
  }, [JSON.stringify(told)])
}

/** What was last said of an offer: its stage, the time left, and that it was moved or is nearly gone. */
type Told = readonly [stage: string, step: number | undefined, news: string]

const toldOf = ({ stage, seconds, extendedFrom, terms, isLow }: OfferView): Told => [
  stage,
  stage === 'open' ? SPOKEN.findLast((moment) => seconds <= moment) : undefined,
  `${extendedFrom && terms.closesAt} ${isLow === true}`,
]

/** What there is to say of an offer after what was said; empty: nothing. */
function newsOf(offer: OfferView, before: Told | undefined, model: UiModel): string {
  const [stage, step, news] = toldOf(offer)
  const title = model.say(offer.terms.title)
  const isNew = before?.[0] !== stage
  if (step && (isNew || before[1] !== step))
    return model.t('offer.speak', { title, time: spokenTime(offer.seconds, model) })
  if (isNew) return `${badgeOf(offer, model)} ${title}. ${termsOf(offer, model)}`
  return before[2] === news ? '' : `${title}: ${offer.isLow ? leftOf(offer, model.t) : termsOf(offer, model)}`
}

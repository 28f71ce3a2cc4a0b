import { useEffect, useRef } from 'preact/hooks'
import type { OfferView } from '../../state/offer-view.ts'
import { clockTime } from '../clock-time.ts'
import { type UiModel, useWidget } from '../context.ts'
import { useSpeak } from '../speak.tsx'
import { useStore } from '../use-store.ts'
import { badgeOf, leftOf, spokenTime, termsOf } from './offer-words.ts'

/** Seconds before the end at which the time left is spoken; it is never spoken each second. */
const SPOKEN = [60, 30, 10]

/** The first offer there is: what, its terms, the time left, a line that drains. All of it leads to the sheet of all offers. */
export function OfferBar() {
  const { state } = useWidget()
  const [offer, ...others] = useStore(state.$offers)
  return offer ? <OfferBlock offer={offer} others={others.length} /> : null
}

function OfferBlock({ offer, others }: { offer: OfferView; others: number }) {
  const model = useWidget()
  const { commands, say, t } = model
  const { id, stage, seconds, left, terms } = offer
  const { codes } = useStore(model.state.$mine)
  useOfferSpeech(offer, model)
  const code = Object.hasOwn(codes, id) ? codes[id]?.code : undefined
  const words = code
    ? t('voucher.yours', { code })
    : stage === 'announced'
      ? t('offer.announced')
      : termsOf(offer, model)
  const pull = stage === 'open' && terms.how === 'voucher' && !code
  return (
    <section
      class="offer card"
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
        {others > 0 && <small aria-hidden="true">{t('offer.more', { count: others })}</small>}
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

/** Says a new offer, the time left at {@link SPOKEN}, that few are left, that its end was moved. */
function useOfferSpeech(offer: OfferView, model: UiModel): void {
  const speak = useSpeak()
  const last = useRef({ id: '', at: '', news: '' })
  const { id, stage, seconds, terms, extendedFrom, isLow } = offer
  const step = stage === 'open' ? SPOKEN.findLast((moment) => seconds <= moment) : undefined
  const news = `${extendedFrom ? terms.closesAt : ''} ${isLow ?? false}`
  useEffect(() => {
    const before = last.current
    last.current = { id: `${id} ${stage}`, at: `${step}`, news }
    const title = model.say(terms.title)
    const isNew = before.id !== `${id} ${stage}`
    if (step !== undefined && (isNew || before.at !== `${step}`))
      speak(model.t('offer.speak', { title, time: spokenTime(seconds, model) }))
    else if (isNew) speak(`${badgeOf(offer, model)} ${title}. ${termsOf(offer, model)}`)
    else if (before.news !== news) speak(`${title}: ${isLow ? leftOf(offer, model.t) : termsOf(offer, model)}`)
  }, [id, stage, step, news])
}

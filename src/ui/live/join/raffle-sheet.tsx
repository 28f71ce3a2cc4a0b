import type { ComponentChildren } from 'preact'
import { type RaffleView, raffleViews } from '../../../state/raffle-view.ts'
import { clockTime } from '../../clock-time.ts'
import { useWidget } from '../../context.ts'
import { Sheet } from '../../parts/sheet.tsx'
import { usePart, useStore } from '../../use-store.ts'
import { CheckDraw } from './check-draw.tsx'
import { ClaimForm } from './claim-form.tsx'
import { EnterRaffle } from './enter-raffle.tsx'
import { Gone } from './gone.tsx'

/** A giveaway with all that must be known of it: what, by whom, until when, how to enter, and its draw. */
export function RaffleSheet({ id }: { id: string }) {
  const { state, say, t } = useWidget()
  const raffles = usePart(state.$room, (room) => room.raffles)
  const moment = { now: useStore(state.$now), picture: useStore(state.$picture) }
  const mine = useStore(state.$mine)
  const view = raffleViews({ ...state.$room.get(), raffles }, moment, mine).find((one) => one.id === id)
  const isReplay = useStore(state.$status) === 'replay'
  if (!view) return <Gone name="raffle" />
  const head = (
    <>
      <h2 class="grow">{t('raffle.title')}</h2>
      <small class="num">
        {view.stage === 'open'
          ? !isReplay && <time role="timer">{clockTime(view.seconds)}</time>
          : t(`raffle.${view.stage}`)}
      </small>
    </>
  )
  return (
    <Sheet name="raffle" label={say(view.raffle.title)} head={head}>
      <div class="join raffle">
        <What view={view} />
        {view.stage === 'drawn' ? <Drawn view={view} /> : <EnterRaffle view={view} />}
        <Law view={view} />
      </div>
    </Sheet>
  )
}

function What({ view }: { view: RaffleView }) {
  const { say, t, url } = useWidget()
  const { raffle, entries } = view
  const image = url(raffle.prize?.image)
  return (
    <div class="prize">
      {image && <img src={image} alt="" />}
      <div class="grow">
        <h3>{say(raffle.title)}</h3>
        <p class="hint-line num">
          {[
            raffle.prize && `${raffle.prizes} × ${say(raffle.prize.title)}`,
            !raffle.prize && t('raffle.prizes', { count: raffle.prizes }),
            t('raffle.in', { count: entries }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
    </div>
  )
}

function Drawn({ view }: { view: RaffleView }) {
  const { t, locale } = useWidget()
  const { draw, entry, hasWon, hasClaimed, isExpired } = view
  if (!draw) return null
  const by =
    draw.claimBy === undefined
      ? ''
      : new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(draw.claimBy)
  return (
    <>
      {hasWon ? (
        <p class="result" data-won="">
          <b>{t('raffle.won')}</b>
          {!hasClaimed && by && <small>{t(isExpired ? 'raffle.expired' : 'raffle.claim.by', { time: by })}</small>}
        </p>
      ) : (
        entry !== undefined && <p class="result">{t('raffle.lost')}</p>
      )}
      {hasWon && !isExpired && <ClaimForm id={view.id} hasClaimed={hasClaimed} />}
      <h4>{t('raffle.winners')}</h4>
      <ol class="winners">
        {draw.winners.map((winner, place) => (
          <li key={winner} data-mine={winner === entry || undefined} style={{ animationDelay: `${place * 0.25}s` }}>
            <bdi class="num">{winner}</bdi>
            {winner === entry && <small>{t('chat.you')}</small>}
          </li>
        ))}
      </ol>
      <CheckDraw view={view} draw={draw} />
    </>
  )
}

/** Who is behind it, until when, its rules, and the way in without buying. */
function Law({ view }: { view: RaffleView }) {
  const { say, t, url, locale } = useWidget()
  const { raffle } = view
  const rules = url(raffle.rulesUrl)
  const row = (name: string, words: ComponentChildren) => (
    <div>
      <dt>{t(name)}</dt>
      <dd>{words}</dd>
    </div>
  )
  return (
    <dl class="law">
      {row('raffle.organiser', say(raffle.organiser))}
      {row(
        'raffle.ends',
        new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(raffle.closesAt),
      )}
      {raffle.freeRoute && row('raffle.free', say(raffle.freeRoute))}
      {rules &&
        row(
          'raffle.rules',
          <a href={rules} target="_blank" rel="noopener">
            {t('raffle.rules.read')}
          </a>,
        )}
    </dl>
  )
}

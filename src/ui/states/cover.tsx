import { useState } from 'preact/hooks'
import { clockTime } from '../clock-time.ts'
import { type UiModel, useWidget } from '../context.ts'
import { Button } from '../parts/button.tsx'
import { useStore } from '../use-store.ts'

/** From how many seconds on a start is counted down, and below which it is about to happen. */
const DAY = 86_400

/** Stands for the picture while there is none to see: before the show, in a break, after it. */
export function Cover() {
  const model = useWidget()
  const { state, commands, say, t } = model
  const status = useStore(state.$status)
  const show = useStore(state.$show)
  const reason = useStore(state.$room).now.state?.data.reason
  const now = useStore(state.$now)
  const hasProducts = useStore(state.$products).length > 0
  const starts = status === 'scheduled' && Date.parse(show?.startsAt ?? '')
  const [isReminded, setReminded] = useState(false)
  const remind = () => {
    commands.remind()
    setReminded(true)
  }
  return (
    <section class="cover" data-status={status}>
      {status === 'scheduled' && <Trailer />}
      {status === 'scheduled' ? (
        <>
          <p>{starts ? dateOf(starts, model) : t('stage.soon')}</p>
          <h2>{say(show?.title)}</h2>
          {starts && starts - now < DAY * 1000 ? (
            <p class="count num" role="timer">
              {starts > now ? clockTime((starts - now) / 1000) : t('status.scheduled.now')}
            </p>
          ) : null}
          {show?.asLive && <small>{t('cover.premiere')}</small>}
          {starts && starts > now ? (
            <Button kind="quiet" onClick={remind}>
              {t(isReminded ? 'cover.reminded' : 'cover.remind')}
            </Button>
          ) : null}
        </>
      ) : (
        <>
          <h2>{t(`status.${status}`)}</h2>
          <p>{say(reason) || t(`status.${status}.text`)}</p>
        </>
      )}
      {status === 'ended' && <Button onClick={commands.retry}>{t('cover.replay')}</Button>}
      {status === 'ended' && hasProducts && (
        <Button kind="quiet" onClick={() => commands.showSheet({ name: 'products' })}>
          {t('cart.look')}
        </Button>
      )}
    </section>
  )
}

/** A short silent film of what is to come; still where the viewer wants no motion. */
function Trailer() {
  const { state, url } = useWidget()
  const source = useStore(state.$show)?.video
  const src = url(source?.preview)
  if (!src) return null
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
  return (
    <video
      class="trailer"
      src={src}
      poster={url(source?.poster) ?? undefined}
      autoplay={!isStill}
      controls={isStill}
      loop
      muted
      playsInline
      disableRemotePlayback
    />
  )
}

function dateOf(time: number, { locale, t }: UiModel): string {
  const date = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
  }).format(time)
  return t('status.scheduled', { date })
}

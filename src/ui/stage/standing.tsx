import type { ShowStatus } from '../../model/show.ts'
import { useWidget } from '../context.ts'
import { Icon } from '../parts/icon.tsx'
import { useStore } from '../use-store.ts'

const EYE = 'M3 12q9-12 18 0q-9 12-18 0M12 9.4a2.6 2.6 0 1 1 0 5.2a2.6 2.6 0 1 1 0-5.2'

const WORDS: Partial<Record<ShowStatus | 'loading', string>> = {
  live: 'stage.live',
  replay: 'stage.replay',
  scheduled: 'stage.soon',
}

/** Live, replay or soon; and the number of viewers where it is told and there are any. */
export function Standing() {
  const { state, locale, t } = useWidget()
  const status = useStore(state.$status)
  const count = useStore(state.$room).now.audience?.data.count
  const isPremiere = useStore(state.$show)?.asLive
  const word = status === 'live' && isPremiere ? 'stage.premiere' : WORDS[status]
  return (
    <p class="standing num">
      {word && (
        <span class="pill" data-live={word === WORDS.live || undefined}>
          {t(word)}
        </span>
      )}
      {!!count && status !== 'replay' && (
        <span class="cut">
          <Icon d={EYE} />
          <span aria-hidden="true">{count.toLocaleString(locale)}</span>
          <span class="sr">{t('stage.watching', { count })}</span>
        </span>
      )}
    </p>
  )
}

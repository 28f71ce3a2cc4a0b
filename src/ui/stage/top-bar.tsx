import { useWidget } from '../context.ts'
import { IconButton } from '../parts/button.tsx'
import { CLOSE, Icon } from '../parts/icon.tsx'
import { Thumb } from '../parts/product-thumb.tsx'
import { useStore } from '../use-store.ts'
import { MuteButton } from './mute-button.tsx'

const SHRINK = 'M19 5l-6 6M13 6v5h5M5 19l6-6M6 13h5v5'
const EYE = 'M3 12q9-12 18 0q-9 12-18 0M12 9.4a2.6 2.6 0 1 1 0 5.2a2.6 2.6 0 1 1 0-5.2'
const CAPTIONS = 'M4 6h16v12H4zM10.5 10.6a2 2 0 1 0 0 2.8M17 10.6a2 2 0 1 0 0 2.8'

/** Who is on, how it stands and how many watch; captions, sound, minimise and close. */
export function TopBar() {
  const { state, commands, say, t } = useWidget()
  const show = useStore(state.$show)
  const { captions } = useStore(state.$playback)
  const name = say(show?.host?.name ?? show?.title)
  const disclosure = show?.disclosure
  return (
    <div class="top">
      {name && (
        <button
          type="button"
          class="who"
          aria-label={t('host.open', { name })}
          onClick={() => commands.showSheet({ name: 'host' })}
        >
          <Thumb name={name} image={show?.host?.avatar} size={36} class="avatar" />
        </button>
      )}
      <div class="grow">
        <h2 class="cut">{name}</h2>
        <Standing />
      </div>
      {show && captions !== 'none' && (
        <IconButton
          label={t('stage.captions')}
          d={CAPTIONS}
          pressed={captions === 'on'}
          onClick={() => commands.setCaptions(captions !== 'on')}
        />
      )}
      <MuteButton />
      <IconButton label={t('player.minimise')} d={SHRINK} onClick={commands.minimise} />
      <IconButton label={t('player.close')} d={CLOSE} onClick={commands.close} />
      {disclosure && (
        <small class="disclosure">
          {say(disclosure.text)} {disclosure.token}
        </small>
      )}
    </div>
  )
}

/** Live, replay or soon; and the number of viewers where it is told and there are any. */
export function Standing() {
  const { state, locale, t } = useWidget()
  const status = useStore(state.$status)
  const count = useStore(state.$room).now.audience?.data.count
  const isPremiere = useStore(state.$show)?.asLive
  const word =
    status === 'live'
      ? isPremiere
        ? 'premiere'
        : 'live'
      : status === 'replay'
        ? 'replay'
        : status === 'scheduled'
          ? 'soon'
          : ''
  return (
    <p class="standing num">
      {word && (
        <span class="pill" data-live={word === 'live' || undefined}>
          {t(`stage.${word}`)}
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

import { useWidget } from '../context.ts'
import { IconButton } from '../parts/button.tsx'
import { useStore } from '../use-store.ts'
import { HostButton } from './host-button.tsx'
import { MuteButton } from './mute-button.tsx'
import { Standing } from './standing.tsx'

const CAPTIONS = 'M4 6h16v12H4zM10.5 10.6a2 2 0 1 0 0 2.8M17 10.6a2 2 0 1 0 0 2.8'

/** Who is on, how it stands and how many watch; what the law wants said; captions and sound. Beside the shell's minimise and close. */
export function TopHead() {
  const { state, commands, say, t } = useWidget()
  const show = useStore(state.$show)
  const { captions } = useStore(state.$playback)
  const name = say(show?.host?.name ?? show?.title)
  const disclosure = show?.disclosure
  return (
    <>
      <HostButton />
      <div class="grow">
        <h2 class="cut">{name}</h2>
        <Standing />
      </div>
      {disclosure && (
        <small class="disclosure">
          {say(disclosure.text)} {disclosure.token}
        </small>
      )}
      {show && captions !== 'none' && (
        <IconButton
          label={t('stage.captions')}
          d={CAPTIONS}
          pressed={captions === 'on'}
          onClick={() => commands.setCaptions(captions !== 'on')}
        />
      )}
      <MuteButton />
    </>
  )
}

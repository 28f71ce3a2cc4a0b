import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { UiContext, type UiModel } from './context.ts'
import { createDress } from './dress.ts'
import { Launcher } from './launcher.tsx'
import { DressContext, Lazy } from './lazy.tsx'
import { IconButton } from './parts/button.tsx'
import { CLOSE } from './parts/icon.tsx'
import { type Speak, SpeakContext } from './speak.tsx'
import { Picture } from './stage/picture.tsx'
import { Spinner } from './stage/spinner.tsx'
import { TopBar } from './stage/top-bar.tsx'
import { useDialog } from './use-dialog.ts'
import { useLayout } from './use-layout.ts'
import { useStore } from './use-store.ts'

const loadRoom = () => import('./room/index.tsx')
const loadMini = () => import('./mini/index.tsx')
const loadStates = () => import('./states/index.tsx')

/** What {@link App} takes. */
export interface AppProps {
  readonly model: UiModel
  /** A launcher is in the page already: none is drawn. */
  readonly hasLauncher?: boolean | undefined
  /** For browsers without constructed style sheets. */
  readonly nonce?: string | undefined
}

/** The whole interface: a launcher, and one dialog that is the player in full view and small. */
export function App({ model, hasLauncher, nonce }: AppProps) {
  const dress = useMemo(() => createDress(model.video, nonce), [])
  useLayoutEffect(() => dress.remove, [])
  return (
    <UiContext.Provider value={model}>
      <DressContext.Provider value={dress.add}>
        <div class="root">
          {!hasLauncher && <Launcher />}
          <Player model={model} />
        </div>
      </DressContext.Provider>
    </UiContext.Provider>
  )
}

function Player({ model }: { model: UiModel }) {
  const { state, commands, t } = model
  const dialog = useRef<HTMLDialogElement>(null)
  const [status, alert] = [useRef<HTMLParagraphElement>(null), useRef<HTMLParagraphElement>(null)]
  const view = useStore(state.$view)
  const layout = useLayout(dialog)
  const error = useStore(state.$error)
  const [width = 9, height = 16] = useStore(state.$show)?.video?.aspect?.split(':').map(Number) ?? []
  useDialog(dialog, view)
  const speak: Speak = (text, isUrgent) => {
    const region = (isUrgent ? alert : status).current
    if (!region) return
    // The same words again would not be heard.
    region.textContent = region.textContent === text ? `${text}\u00a0` : text
  }
  const leave = () => (isPlaying(model) ? commands.minimise() : commands.close())
  const stepBack = () => (state.$sheet.get() ? commands.showSheet(null) : leave())
  return (
    <SpeakContext.Provider value={useMemo(() => speak, [])}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the player leaves it; Esc does that for the keyboard */}
      <dialog
        ref={dialog}
        class="player"
        part="player"
        tabIndex={-1}
        aria-label={t('player.label')}
        data-view={view}
        data-layout={layout}
        data-flat={width > height || undefined}
        data-status={useStore(state.$status)}
        onCancel={(event) => {
          event.preventDefault()
          stepBack()
        }}
        // A browser closes it all the same when it is asked to a second time.
        onClose={() => state.$view.get() === 'full' && !dialog.current?.open && commands.close()}
        onClick={(event) => event.target === dialog.current && leave()}
      >
        <div class="frame" data-sheet={useStore(state.$sheet)?.name}>
          <Picture />
          {view === 'full' && <TopBar />}
          {view === 'full' && !error && (
            <Lazy key="room" load={loadRoom} wait={<Spinner />}>
              {({ Room }) => <Room layout={layout} />}
            </Lazy>
          )}
          {view !== 'closed' && error && (
            <Lazy key="error" load={loadStates}>
              {({ ErrorPanel }) => <ErrorPanel />}
            </Lazy>
          )}
          {view === 'mini' && !error && (
            <Lazy key="mini" load={loadMini}>
              {({ Mini }) => <Mini />}
            </Lazy>
          )}
          {/* Whatever does not come, the small player can be closed. */}
          {view === 'mini' && (
            <IconButton class="mini-close" label={t('player.close')} d={CLOSE} onClick={commands.close} />
          )}
        </div>
        <p class="sr" role="status" ref={status} />
        <p class="sr" role="alert" ref={alert} />
      </dialog>
    </SpeakContext.Provider>
  )
}

const isPlaying = ({ state }: UiModel): boolean =>
  ['playing', 'waiting', 'loading', 'away'].includes(state.$playback.get().phase) && !state.$error.get()

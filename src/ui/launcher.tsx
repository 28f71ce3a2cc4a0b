import { useWidget } from './context.ts'
import { Icon, PLAY } from './parts/icon.tsx'
import { useStore } from './use-store.ts'

/** The button in the page's corner. It stays in the tree while the player is there, so that the focus can come back to it. */
export function Launcher() {
  const { state, commands, t } = useWidget()
  return (
    <button
      type="button"
      class="launcher"
      part="launcher"
      hidden={useStore(state.$view) !== 'closed'}
      onClick={commands.open}
    >
      <Icon d={PLAY} />
      {t('launcher.open')}
    </button>
  )
}

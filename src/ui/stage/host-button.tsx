import { useWidget } from '../context.ts'
import { Thumb } from '../parts/product-thumb.tsx'
import { useStore } from '../use-store.ts'

/** The host's picture, which opens what there is to know of the host; nothing for a show without a name. */
export function HostButton() {
  const { state, commands, say, t } = useWidget()
  const show = useStore(state.$show)
  const name = say(show?.host?.name ?? show?.title)
  return name ? (
    <button
      type="button"
      class="who"
      aria-label={t('host.open', { name })}
      onClick={() => commands.showSheet({ name: 'host' })}
    >
      <Thumb name={name} image={show?.host?.avatar} size={36} class="avatar" />
    </button>
  ) : null
}

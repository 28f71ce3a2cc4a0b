import { useWidget } from '../../context.ts'
import { Icon } from '../../parts/icon.tsx'
import { Thumb } from '../../parts/product-thumb.tsx'
import { useStore } from '../../use-store.ts'
import { useFollow } from './use-follow.ts'

const PLUS = 'M12 5v14M5 12h14'

/** The host's head with a plus: follows. It leaves once the viewer follows. */
export function FollowHead() {
  const { state, say, t } = useWidget()
  const host = useStore(state.$show)?.host
  const { follows, busy, toggle } = useFollow()
  const name = say(host?.name)
  if (!name || follows) return null
  return (
    <button
      type="button"
      class="follow-head"
      part="follow"
      aria-label={t('follow.do.name', { name })}
      title={t('follow.do.name', { name })}
      aria-busy={busy || undefined}
      onClick={toggle}
    >
      <Thumb name={name} image={host?.avatar} size={40} class="avatar" />
      <i>
        <Icon d={PLUS} />
      </i>
    </button>
  )
}

import { useWidget } from '../../context.ts'
import { Button } from '../../parts/button.tsx'
import { useStore } from '../../use-store.ts'
import { useCan } from '../use-can.ts'
import { useFollow } from './use-follow.ts'

/** Follows the host, or no longer; nothing where the show has no such thing. */
export function FollowButton() {
  const { state, say, t } = useWidget()
  const name = say(useStore(state.$show)?.host?.name)
  const canFollow = useCan('host.follow')
  const { follows, busy, toggle } = useFollow()
  if (!name || !canFollow) return null
  const words = t(follows ? 'follow.on' : 'follow.do')
  return (
    <Button kind="quiet" part="follow" busy={busy} label={`${words}: ${name}`} onClick={toggle}>
      {words}
    </Button>
  )
}

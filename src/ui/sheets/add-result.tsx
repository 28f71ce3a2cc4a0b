import type { CartResult } from '../../model/cart.ts'
import { useWidget } from '../context.ts'
import { CHECK, Icon } from '../parts/icon.tsx'
import { useStore } from '../use-store.ts'

/** What the store said to the last try; it stays until something else is chosen. The notice does the speaking. */
export function AddResult({ result }: { result: CartResult }) {
  const { state, commands, t } = useWidget()
  const { readCart } = useStore(state.$can)
  const { outcome } = result
  if (outcome === 'left') return null
  const isIn = outcome !== 'rejected'
  const isUnsure = outcome === 'rejected' && result.reason === 'unreachable'
  const reason = outcome !== 'added' && (result.message || t(`reason.${result.reason}`))
  const title =
    outcome === 'partial'
      ? t('notice.partial', { count: result.quantity })
      : t(isIn ? 'notice.added' : isUnsure ? 'notice.unsure' : 'notice.refused')
  return (
    <div class="result" data-outcome={outcome}>
      {outcome === 'added' && <Icon d={CHECK} />}
      <p class="grow">
        <b>{title}</b> {reason}
      </p>
      {(isIn || isUnsure) && readCart && (
        <button type="button" class="link" onClick={() => commands.showSheet({ name: 'cart' })}>
          {t('cart.view')}
        </button>
      )}
    </div>
  )
}

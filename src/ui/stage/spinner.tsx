import { useWidget } from '../context.ts'

/** Says that something is on its way; not seen before the wait is felt (0.6 s, in the styles). */
export function Spinner() {
  const { t } = useWidget()
  return (
    <p class="spinner">
      <span class="sr">{t('stage.waiting')}</span>
    </p>
  )
}

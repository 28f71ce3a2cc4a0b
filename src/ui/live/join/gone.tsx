import { useWidget } from '../../context.ts'
import { Sheet } from '../../parts/sheet.tsx'

/** The sheet of something that the picture has not reached, or that this show does not have. */
export function Gone({ name }: { name: string }) {
  const { t } = useWidget()
  return (
    <Sheet name={name} label={t('join.gone')}>
      <div class="none">
        <b>{t('join.gone')}</b>
      </div>
    </Sheet>
  )
}

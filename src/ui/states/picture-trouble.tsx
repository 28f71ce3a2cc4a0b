import { useWidget } from '../context.ts'
import { Button } from '../parts/button.tsx'
import { useStore } from '../use-store.ts'

/** The picture is away or cannot play; the room goes on around it. */
export function PictureTrouble() {
  const { state, commands, t } = useWidget()
  const { phase } = useStore(state.$playback)
  const key = phase === 'failed' ? 'stage.failed' : 'stage.away'
  return (
    <section class="cover" role="status">
      <h2>{t(key)}</h2>
      <p>{t(`${key}.text`)}</p>
      <Button kind="quiet" onClick={commands.retry}>
        {t('stage.retry')}
      </Button>
    </section>
  )
}

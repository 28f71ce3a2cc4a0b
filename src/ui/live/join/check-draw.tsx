import { useState } from 'preact/hooks'
import type { RaffleDraw } from '../../../model/event.ts'
import { checkDraw, type DrawCheck } from '../../../state/draw-raffle.ts'
import type { RaffleView } from '../../../state/raffle-view.ts'
import { useWidget } from '../../context.ts'
import { Button } from '../../parts/button.tsx'
import { CHECK, Icon } from '../../parts/icon.tsx'

/** Draws again in this browser, from what was published, and says whether it comes to the same. */
export function CheckDraw({ view, draw }: { view: RaffleView; draw: RaffleDraw }) {
  const { speak, t } = useWidget()
  const [result, setResult] = useState<DrawCheck | null>(null)
  const check = () => {
    const outcome = checkDraw(view.raffle, draw, view.entry)
    setResult(outcome)
    speak(t(outcome.ok ? 'raffle.check.ok' : 'raffle.check.bad'))
  }
  return (
    <div class="check">
      {!result && (
        <Button wide kind="quiet" onClick={check}>
          {t('raffle.check')}
        </Button>
      )}
      {result?.ok && (
        <p class="applied">
          <Icon d={CHECK} />
          {t('raffle.check.ok')}
        </p>
      )}
      {result && !result.ok && (
        <p class="refused" role="alert">
          <b>{t('raffle.check.bad')}</b> {t(`raffle.check.${result.why}`)}
        </p>
      )}
      {result && (
        <dl class="law">
          <div>
            <dt>{t('raffle.check.hash')}</dt>
            <dd class="hash">{view.raffle.seedHash}</dd>
          </div>
          <div>
            <dt>{t('raffle.check.seed.name')}</dt>
            <dd class="hash">{draw.seed}</dd>
          </div>
          <div>
            <dt>{t('raffle.check.entries')}</dt>
            <dd class="num">{draw.entries.length}</dd>
          </div>
        </dl>
      )}
    </div>
  )
}

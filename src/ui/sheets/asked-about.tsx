import { useWidget } from '../context.ts'
import { Lazy } from '../lazy.tsx'
import { useWay } from '../live/use-can.ts'
import { Icon, QUESTION } from '../parts/icon.tsx'
import { usePart, useStore } from '../use-store.ts'

const loadRecap = () => import('../live/recap/index.tsx')

/** What was asked and answered about a product in the show, and the way to ask. */
export function AskedAbout({ productId }: { productId: string }) {
  const { state, commands, t } = useWidget()
  const questions = usePart(state.$room, (room) => room.questions)
  const isReplay = useStore(state.$status) === 'replay'
  const canAsk = useWay() !== null
  // In a recording the whole log is known; live, what the picture has reached.
  const answers = useStore(state.$answers).filter(
    ({ id, productId: about }) =>
      about === productId && !questions[id]?.hide && (isReplay || questions[id]?.answer !== undefined),
  )
  return (
    <>
      {answers.length > 0 && (
        <section class="asked-about">
          <h3>{t('ask.product.title')}</h3>
          <Lazy load={loadRecap}>
            {({ Answered }) => (
              <ul class="asked">
                {answers.map((view) => (
                  <Answered key={view.id} view={view} />
                ))}
              </ul>
            )}
          </Lazy>
        </section>
      )}
      {canAsk && (
        <button type="button" class="see ask-this" onClick={() => commands.showSheet({ name: 'questions', productId })}>
          <Icon d={QUESTION} />
          {t('ask.product')}
        </button>
      )}
    </>
  )
}

import { questionViews } from '../../../state/question-view.ts'
import { useWidget } from '../../context.ts'
import { Sheet } from '../../parts/sheet.tsx'
import { usePart, useStore } from '../../use-store.ts'
import { useWay } from '../use-can.ts'
import { AskBox } from './ask-box.tsx'
import { QuestionList } from './question-list.tsx'

/** Everybody's questions in a sheet, with the box for one's own below them. */
export function QuestionsSheet({ productId }: { productId: string | undefined }) {
  const { state, t } = useWidget()
  usePart(state.$room, ({ questions }) => questions)
  const count = questionViews(state.$room.get(), useStore(state.$mine)).length
  const canAsk = useWay() !== null
  const head = (
    <>
      <h2 class="grow">{t('ask.title')}</h2>
      {count > 0 && <small class="num">{t('ask.count', { count })}</small>}
    </>
  )
  return (
    <Sheet
      name="questions"
      label={t('ask.title')}
      head={head}
      foot={canAsk ? <AskBox productId={productId} /> : undefined}
    >
      <QuestionList />
    </Sheet>
  )
}

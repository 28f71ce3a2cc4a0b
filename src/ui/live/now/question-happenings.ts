import { questionViews } from '../../../state/question-view.ts'
import { QUESTION } from '../../parts/icon.tsx'
import { dismiss, type Happening, type Now } from './happening.ts'

/** Answers to this viewer's own questions, until they were seen. */
export function questionHappenings({ room, mine, model }: Now): Happening[] {
  const { t } = model
  return questionViews(room, mine).flatMap(({ id, text, isMine, answer }): Happening[] => {
    if (!isMine || !answer) return []
    const key = `answer/${id}`
    return [
      {
        key,
        rank: 5,
        at: answer.at,
        kind: t('ask.told'),
        title: text,
        icon: QUESTION,
        words: t('ask.told.see'),
        act() {
          dismiss(model, key)
          model.commands.showSheet({ name: 'questions' })
        },
        isGood: true,
        canDismiss: true,
      },
    ]
  })
}

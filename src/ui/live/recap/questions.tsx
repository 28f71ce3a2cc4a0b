import { useWay } from '../use-can.ts'
import { AskBox } from './ask-box.tsx'
import { QuestionList } from './question-list.tsx'

/** Everybody's questions with the box for one's own, for a panel that stays. */
export function Questions() {
  const canAsk = useWay() !== null
  return (
    <div class="questions">
      <div class="questions-list scroll">
        <QuestionList />
      </div>
      {canAsk && (
        <div class="questions-foot">
          <AskBox />
        </div>
      )}
    </div>
  )
}

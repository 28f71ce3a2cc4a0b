import { cleanWords } from '../../../lib/clean-words.ts'
import type { AnswerView } from '../../../state/answer-view.ts'
import { useWidget } from '../../context.ts'
import { SeeMoment } from './see-moment.tsx'

/** A question with the host's answer, and the way to its moment: an item of a list. */
export function Answered({ view }: { view: AnswerView }) {
  const { say, t } = useWidget()
  const question = cleanWords(view.question)
  return (
    <li>
      <div class="grow">
        <p>
          <bdi>{question}</bdi>
        </p>
        <p class="told">
          <span class="tag">{t('chat.host')}</span> {say(view.answer) || t('ask.by-voice')}
        </p>
        <SeeMoment at={view.at} label={question} />
      </div>
    </li>
  )
}

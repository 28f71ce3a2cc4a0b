import { lookAlikes } from '../../../lib/look-alike.ts'
import { type QuestionView, questionViews } from '../../../state/question-view.ts'
import { useWidget } from '../../context.ts'
import { Icon } from '../../parts/icon.tsx'
import { ProductThumb } from '../../parts/product-thumb.tsx'
import { usePart, useStore } from '../../use-store.ts'
import { useSend } from '../join/use-send.tsx'
import { useCan } from '../use-can.ts'
import { SeeMoment } from './see-moment.tsx'

const UP = 'M6 14l6-6 6 6'

/** Questions of a kind in the list at most; one's own are always there. */
const MOST = 100

/** Open questions by votes, then the answered ones, the newest first. Nobody asks under the host's name. */
export function QuestionList() {
  const { state, t } = useWidget()
  usePart(state.$room, ({ questions }) => questions)
  const { name: host = '' } = useStore(state.$show)?.host ?? {}
  const isHosts = lookAlikes(typeof host === 'string' ? [host] : Object.values(host))
  const views = questionViews(state.$room.get(), useStore(state.$mine))
  const few = (list: readonly QuestionView[]) =>
    list
      .filter(({ isMine }, place) => isMine || place < MOST)
      .map((view) => (isHosts(view.name) ? { ...view, name: '' } : view))
  const open = few(views.filter(({ answer }) => !answer))
  const answered = few(views.filter(({ answer }) => answer))
  if (!views.length) return <p class="none">{t('ask.none')}</p>
  return (
    <>
      {open.length > 0 && (
        <ul class="asked">
          {open.map((view) => (
            <Question key={view.id} view={view} />
          ))}
        </ul>
      )}
      {answered.length > 0 && (
        <>
          <h3 class="recap-title">{t('ask.answered')}</h3>
          <ul class="asked">
            {answered.map((view) => (
              <Question key={view.id} view={view} />
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function Question({ view }: { view: QuestionView }) {
  const { state, say, t } = useWidget()
  const { text, name, productId, answer, isMine } = view
  const product = useStore(state.$products).find(({ id }) => id === productId)?.product
  return (
    <li data-mine={isMine || undefined}>
      <div class="grow">
        <small class="cut">
          <bdi>{isMine ? t('chat.you') : name || t('chat.guest')}</bdi>
          {product && (
            <>
              {' · '}
              <bdi>{say(product.title)}</bdi>
            </>
          )}
        </small>
        <p>
          <bdi>{text}</bdi>
        </p>
        {answer && <Answer answer={answer} />}
      </div>
      {answer ? product && <ProductThumb product={product} size={44} /> : <Vote view={view} />}
    </li>
  )
}

function Answer({ answer }: { answer: NonNullable<QuestionView['answer']> }) {
  const { say, t } = useWidget()
  return (
    <>
      <p class="told">
        <span class="tag">{t('chat.host')}</span> {say(answer.text) || t('ask.by-voice')}
      </p>
      <SeeMoment at={answer.at} />
    </>
  )
}

function Vote({ view }: { view: QuestionView }) {
  const { speak, t } = useWidget()
  const { busy, refused, send } = useSend('ask')
  const canVote = useCan('question.vote')
  const { id, text, votes, hasVoted, isMine } = view
  const isOff = hasVoted || isMine || busy || !canVote
  const vote = async () => {
    if (isOff) return
    const { ok } = await send('question.vote', { id })
    if (ok) speak(t('ask.voted'))
  }
  return (
    <div class="vote">
      <button
        type="button"
        class="num"
        aria-label={t('ask.vote', { count: votes, text })}
        aria-pressed={hasVoted}
        aria-disabled={isOff || undefined}
        onClick={vote}
      >
        <Icon d={UP} />
        {votes}
      </button>
      {refused}
    </div>
  )
}

import { type PollView, pollViews } from '../../../state/poll-view.ts'
import { clockTime } from '../../clock-time.ts'
import { useWidget } from '../../context.ts'
import { CHECK, Icon } from '../../parts/icon.tsx'
import { Sheet } from '../../parts/sheet.tsx'
import { usePart, useStore } from '../../use-store.ts'
import { useCan } from '../use-can.ts'
import { Gone } from './gone.tsx'
import { useSend } from './use-send.tsx'

/** A poll with its answers: to choose from while it is open, with their shares once the viewer has chosen or may not. */
export function PollSheet({ id }: { id: string }) {
  const { state, say, t } = useWidget()
  const polls = usePart(state.$room, (room) => room.polls)
  const moment = { now: useStore(state.$now), picture: useStore(state.$picture) }
  const view = pollViews({ ...state.$room.get(), polls }, moment).find((one) => one.id === id)
  const isReplay = useStore(state.$status) === 'replay'
  if (!view) return <Gone name="poll" />
  const { poll, stage, seconds } = view
  const head = (
    <>
      <h2 class="grow">{t(poll.quiz ? 'poll.quiz' : 'poll.title')}</h2>
      <small class="num">
        {stage === 'closed'
          ? t('poll.closed')
          : !isReplay && seconds !== undefined && <time role="timer">{clockTime(seconds)}</time>}
      </small>
    </>
  )
  return (
    <Sheet name="poll" label={say(poll.question)} head={head}>
      <div class="join">
        <h3>{say(poll.question)}</h3>
        <Answers view={view} />
      </div>
    </Sheet>
  )
}

function Answers({ view }: { view: PollView }) {
  const { speak, state, say, t } = useWidget()
  const { busy, refused, send } = useSend('poll')
  const { id, poll, stage, options, total } = view
  const { votes } = useStore(state.$mine)
  const mine = Object.hasOwn(votes, id) ? votes[id] : undefined
  const isReplay = useStore(state.$status) === 'replay'
  const canVote = useCan('poll.vote') && stage === 'open'
  const mayVote = canVote && (mine === undefined || poll.change === true)
  const hasShares = mine !== undefined || !canVote
  const vote = async (option: (typeof options)[number]) => {
    if (!mayVote || busy || option.id === mine) return
    const { ok } = await send('poll.vote', { id, option: option.id })
    if (ok) speak(t('poll.voted', { answer: say(option.label) }))
  }
  return (
    <>
      <ul class="answers">
        {options.map((option) => (
          <li key={option.id}>
            <Answer
              option={option}
              mine={option.id === mine}
              isDecided={view.correct !== undefined}
              hasShares={hasShares}
              vote={mayVote ? vote : undefined}
            />
          </li>
        ))}
      </ul>
      {refused}
      <p class="hint-line num">
        {t('poll.votes', { count: total })} · {t(isReplay ? 'join.replay' : ruleOf(view, { mine, canVote }))}
      </p>
    </>
  )
}

function ruleOf({ stage, poll }: PollView, { mine, canVote }: { mine: string | undefined; canVote: boolean }): string {
  if (stage === 'closed') return 'poll.over'
  if (!canVote) return 'join.watch'
  if (poll.change) return 'poll.change'
  return mine === undefined ? 'poll.once' : 'poll.thanks'
}

interface AnswerProps {
  readonly option: PollView['options'][number]
  readonly mine: boolean
  /** It is told which answer is right. */
  readonly isDecided: boolean
  readonly hasShares: boolean
  /** Absent: there is no vote to give. */
  readonly vote: ((option: PollView['options'][number]) => void) | undefined
}

function Answer({ option, mine, isDecided, hasShares, vote }: AnswerProps) {
  const { say, t, locale } = useWidget()
  const { label, share, isRight } = option
  const percent = new Intl.NumberFormat(locale, { style: 'percent' }).format(share)
  const inside = (
    <>
      {hasShares && <i class="share" style={{ inlineSize: `${share * 100}%` }} />}
      <span class="grow">
        {say(label)}
        {isRight && <small class="right">{t('poll.correct')}</small>}
        {mine && <small>{t('poll.yours')}</small>}
      </span>
      {(isRight || (mine && !isDecided)) && <Icon d={CHECK} />}
      {hasShares && <b class="num">{percent}</b>}
    </>
  )
  const marks = { 'data-mine': mine || undefined, 'data-right': isRight || undefined }
  return vote ? (
    <button type="button" class="answer" aria-pressed={mine} {...marks} onClick={() => vote(option)}>
      {inside}
    </button>
  ) : (
    <div class="answer" {...marks}>
      {inside}
    </div>
  )
}

import { Component } from 'preact'
import type { ChatRow } from '../../../state/chat-rows.ts'
import type { UiModel } from '../../context.ts'
import { ChatWords } from './chat-words.tsx'
import { MessageActs } from './message-acts.tsx'

/** What {@link Row} takes. */
export interface RowProps {
  readonly row: ChatRow
  readonly model: UiModel
  /** The viewer's name; empty: none. */
  readonly me: string
  /** Shows what can be done with it. */
  readonly isPicked: boolean
  onReply(row: ChatRow): void
  onDone(): void
}

/** One message; drawn again only when it is another. */
export class Row extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const { row, isPicked } = this.props
    return next.isPicked !== isPicked || markOf(next.row) !== markOf(row)
  }

  override render() {
    const { row, model, me, isPicked, onReply, onDone } = this.props
    const { id, author, text, replyTo, own, times, isToMe } = row
    const { t } = model
    const isTeam = author.role !== 'viewer'
    return (
      <li
        data-id={id}
        data-role={author.role}
        data-own={own}
        data-me={isToMe || undefined}
        data-picked={isPicked || undefined}
      >
        {replyTo && (
          <q class="cut">
            <bdi>{replyTo.name || t('chat.guest')}</bdi>: <bdi>{replyTo.text}</bdi>
          </q>
        )}
        {isTeam && <span class="tag">{t(`chat.${author.role}`)}</span>}
        <b>
          <bdi>{author.name || t(own ? 'chat.you' : 'chat.guest')}</bdi>
        </b>{' '}
        <ChatWords text={text} isTeam={isTeam} me={me} />
        {times > 1 && <small class="times num"> ×{times}</small>}
        {own === 'failed' && <LostMessage row={row} model={model} />}
        {isPicked && <MessageActs row={row} onReply={onReply} onDone={onDone} />}
      </li>
    )
  }
}

function LostMessage({ row, model }: { row: ChatRow; model: UiModel }) {
  const { commands, t } = model
  return (
    <span class="acts">
      <small>{t('chat.failed')}</small>
      <button type="button" onClick={() => commands.resay(row.key)}>
        {t('error.retry')}
      </button>
      <button type="button" onClick={() => commands.unsay(row.key)}>
        {t('notice.dismiss')}
      </button>
    </span>
  )
}

/** What of a message can change while it stands. */
const markOf = ({ own, times, isToMe, author, replyTo }: ChatRow): string =>
  `${own} ${times} ${isToMe} ${author.name}\n${replyTo?.name}\n${replyTo?.text}`

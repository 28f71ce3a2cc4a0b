import { Component } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ChatLine } from '../../../state/chat-line.ts'
import { type UiModel, useWidget } from '../../context.ts'
import { useStore } from '../../use-store.ts'

/** px from the end within which a reader counts as being at it. */
const NEAR = 40

/**
 * The newest messages, oldest first. It follows the end; scrolled up, it holds still (without what is deleted) and a pill counts what came.
 * Not a live region: it would be read without end; `useChatDigest` speaks in its stead.
 */
export function ChatList({ limit }: { limit: number }) {
  const model = useWidget()
  const { state, t } = model
  const box = useRef<HTMLOListElement>(null)
  const lines = useStore(state.$chat)
  const { deleted } = useStore(state.$room)
  const [held, hold] = useState<readonly ChatLine[] | null>(null)
  const shown = held?.filter(({ id }) => !Object.hasOwn(deleted, id)) ?? lines.slice(-limit)
  const last = held?.at(-1)
  const news = last ? lines.filter((line) => line.at >= last.at && !held?.some(({ id }) => id === line.id)).length : 0
  const toEnd = () => {
    hold(null)
    const list = box.current
    if (list) list.scrollTop = list.scrollHeight
  }
  useLayoutEffect(() => {
    if (!held) toEnd()
  }, [lines, held])
  // Its box shrinks and grows with what is around it.
  useLayoutEffect(() => {
    const observer = typeof ResizeObserver === 'function' && box.current ? new ResizeObserver(toEnd) : null
    if (box.current) observer?.observe(box.current)
    return () => observer?.disconnect()
  }, [])
  const onScroll = () => {
    const list = box.current
    if (!list) return
    const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR
    if (isAtEnd && held) hold(null)
    else if (!isAtEnd && !held) hold(lines.slice(-limit))
  }
  return (
    <div class="chat" role="log" aria-live="off" aria-label={t('chat.title')}>
      <ol
        class="lines scroll"
        part="chat"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        ref={box}
        onScroll={onScroll}
      >
        {shown.length ? (
          shown.map((line) => <Row key={line.key} line={line} model={model} />)
        ) : (
          <li class="hush">{t('chat.empty')}</li>
        )}
      </ol>
      {news > 0 && (
        <button type="button" class="pill new" onClick={toEnd}>
          {t('chat.new', { count: news })}
        </button>
      )}
    </div>
  )
}

/** One message; drawn again only when its words or its fate change. */
class Row extends Component<{ line: ChatLine; model: UiModel }> {
  override shouldComponentUpdate({ line: next }: { line: ChatLine }): boolean {
    const { line } = this.props
    return next.own !== line.own || next.text !== line.text
  }

  override render() {
    const { line, model } = this.props
    const { author, text, replyTo, own } = line
    const { t } = model
    const isTeam = author.role !== 'viewer'
    return (
      <li data-role={author.role} data-own={own}>
        {replyTo && (
          <q class="cut">
            <bdi>{replyTo.name}</bdi>: <bdi>{replyTo.text}</bdi>
          </q>
        )}
        {isTeam && <span class="tag">{t(`chat.${author.role}`)}</span>}
        <b>
          <bdi>{author.name || t(own ? 'chat.you' : 'chat.guest')}</bdi>
        </b>{' '}
        <bdi>{text}</bdi>
        {own === 'failed' && <small> {t('chat.failed')}</small>}
      </li>
    )
  }
}

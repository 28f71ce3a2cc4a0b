import type { JSX } from 'preact'
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { type ChatRow, createChatRows } from '../../../state/chat-rows.ts'
import { useWidget } from '../../context.ts'
import { usePart, useStore } from '../../use-store.ts'
import { Row } from './chat-row.tsx'
import { rowOf, stepToRow } from './row-focus.ts'

/** px from the end within which a reader counts as being at it. */
const NEAR = 40

/** What {@link ChatList} takes. */
export interface ChatListProps {
  /** Rows at most. */
  readonly limit: number
  /** The viewer wants to answer a message. */
  onReply(row: ChatRow): void
}

/**
 * The newest messages, oldest first. It follows the end; scrolled up or with a message picked, it holds still (without what is deleted) and a pill counts
 * what came. A press on a message, or the arrows and Enter, show what can be done with it. Not a live region: it would be read without end;
 * `useChatDigest` speaks in its stead.
 */
export function ChatList({ limit, onReply }: ChatListProps) {
  const model = useWidget()
  const { t } = model
  const { rows, me } = useRows(limit)
  const { chat } = useStore(model.state.$can)
  const status = useStore(model.state.$status)
  const { box, shown, news, picked, toggle, done, toEnd, onScroll } = useHolding(rows)
  return (
    <div class="chat" role="log" aria-live="off" aria-label={t('chat.title')}>
      <ol
        class="lines scroll"
        part="chat"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        ref={box}
        aria-description={t('chat.keys')}
        onScroll={onScroll}
        onClick={(event) => !isSelecting() && toggle(rowOf(event.target)?.dataset.id)}
        onKeyDown={(event) => press(event, { toggle, leave: picked === null ? undefined : done })}
      >
        {shown.map((row) => (
          <Row
            key={row.key}
            row={row}
            model={model}
            me={me}
            isPicked={picked === row.id}
            onDone={done}
            onReply={(answered) => {
              toEnd()
              onReply(answered)
            }}
          />
        ))}
        {!shown.length && chat && status !== 'ended' && <li class="hush">{t('chat.empty')}</li>}
      </ol>
      {news > 0 && (
        <button type="button" class="pill new" onClick={toEnd}>
          {t('chat.new', { count: news })}
        </button>
      )}
    </div>
  )
}

/** Follows the end of the rows, or holds what one reads: scrolled up, or with a message picked. */
function useHolding(rows: readonly ChatRow[]) {
  const { state } = useWidget()
  const box = useRef<HTMLOListElement>(null)
  const deleted = usePart(state.$room, (room) => room.deleted)
  const { muted, reported = [] } = useStore(state.$mine)
  const [held, hold] = useState<readonly ChatRow[] | null>(null)
  const [picked, pick] = useState<string | null>(null)
  const isGone = (id = '') => Object.hasOwn(deleted, id)
  const isLeft = ({ id, author }: ChatRow) => !isGone(id) && !muted.includes(author.id) && !reported.includes(id)
  const shown =
    held?.filter(isLeft).map((row) => (isGone(row.replyTo?.id) ? { ...row, replyTo: undefined } : row)) ?? rows
  const isHolding = held !== null
  const toEnd = () => {
    hold(null)
    pick(null)
    const list = box.current
    if (list) list.scrollTop = list.scrollHeight
  }
  useLayoutEffect(() => {
    if (!isHolding) toEnd()
  }, [rows, isHolding])
  // Its box shrinks and grows with what is around it.
  useLayoutEffect(() => {
    const list = box.current
    if (!list) return
    const observer = new ResizeObserver(() => !list.querySelector('[data-picked]') && toEnd())
    observer.observe(list)
    return () => observer.disconnect()
  }, [])
  const onScroll = () => {
    const list = box.current
    if (!list || picked !== null) return
    const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR
    if (isAtEnd && held) hold(null)
    else if (!isAtEnd && !held) hold(rows)
  }
  const toggle = (id: string | undefined) => {
    if (id === undefined) return
    hold(shown)
    pick(picked === id ? null : id)
  }
  const done = () => {
    pick(null)
    box.current?.focus({ preventScroll: true })
  }
  return { box, shown, news: held ? newsSince(held, rows) : 0, picked, toggle, done, toEnd, onScroll }
}

function useRows(limit: number): { rows: ChatRow[]; me: string } {
  const { state } = useWidget()
  const lines = useStore(state.$chat)
  const { name: me = '', muted, reported } = useStore(state.$mine)
  const host = useStore(state.$show)?.host?.name
  const make = useMemo(createChatRows, [])
  const hidden = useMemo(() => [...muted, ...(reported ?? [])], [muted, reported])
  return { rows: useMemo(() => make(lines, { me, host, hidden, limit }), [lines, me, host, hidden, limit]), me }
}

/** How many of the rows are newer than what is held. */
function newsSince(held: readonly ChatRow[], rows: readonly ChatRow[]): number {
  const last = held.at(-1)
  const known = new Set(held.map(({ id }) => id))
  return last ? rows.filter(({ id, at }) => at >= last.at && !known.has(id)).length : 0
}

function press(
  event: JSX.TargetedKeyboardEvent<HTMLElement>,
  { toggle, leave }: { toggle(id: string | undefined): void; leave: (() => void) | undefined },
): void {
  const { key, target, currentTarget } = event
  const isOnRow = target === currentTarget || target === rowOf(target)
  if (key === 'Escape' && leave) {
    leave()
    event.stopPropagation()
  } else if (isOnRow && (key === 'ArrowUp' || key === 'ArrowDown')) stepToRow(currentTarget, target, key === 'ArrowUp')
  else if (isOnRow && target !== currentTarget && (key === 'Enter' || key === ' ')) toggle(rowOf(target)?.dataset.id)
  else return
  event.preventDefault()
}

/** A press that ends the marking of words is none. */
const isSelecting = () => getSelection()?.type === 'Range'

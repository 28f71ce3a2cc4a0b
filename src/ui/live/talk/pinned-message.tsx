import { useState } from 'preact/hooks'
import { cleanWords } from '../../../lib/clean-words.ts'
import { useWidget } from '../../context.ts'
import { Icon } from '../../parts/icon.tsx'
import { usePart } from '../../use-store.ts'
import { ChatWords } from './chat-words.tsx'

const PIN = 'M9 4h6l-1 6 3 3H7l3-3zM12 13v7'

/** The message that the host keeps on top of the chat; nothing once it is deleted. One line until it is pressed. */
export function PinnedMessage() {
  const { state, t } = useWidget()
  const message = usePart(state.$room, ({ now }) => now.chatPin)?.data.message
  const deleted = usePart(state.$room, (room) => room.deleted)
  const [isWhole, setWhole] = useState(false)
  if (!message || Object.hasOwn(deleted, message.id)) return null
  const { author, text } = message
  const isTeam = author.role !== 'viewer'
  return (
    <div class="pinned" data-whole={isWhole || undefined}>
      <button type="button" class="pinned-open" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
        <Icon d={PIN} />
        <span class="sr">{t('chat.pinned')}</span>
      </button>
      <p>
        {isTeam && <span class="tag">{t(`chat.${author.role}`)}</span>}
        <b>
          <bdi>{cleanWords(author.name)}</bdi>
        </b>{' '}
        <ChatWords text={cleanWords(text)} isTeam={isTeam} me="" />
      </p>
    </div>
  )
}

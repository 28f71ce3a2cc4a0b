import type { ComponentChildren } from 'preact'
import type { ChatRow } from '../../../state/chat-rows.ts'
import { useWidget } from '../../context.ts'
import { Lazy } from '../../lazy.tsx'
import type { Layout } from '../../shell/watch-layout.ts'
import { HostButton } from '../../stage/host-button.tsx'
import { useDraft } from '../../use-draft.ts'
import { usePart, useStore } from '../../use-store.ts'
import { FollowButton } from '../together/follow-button.tsx'
import { useWay } from '../use-can.ts'
import { ChatList } from './chat-list.tsx'
import { Composer } from './composer.tsx'
import { PinnedMessage } from './pinned-message.tsx'
import { TalkPane, type TalkTab, TalkTabs } from './talk-tabs.tsx'
import { useChatDigest } from './use-chat-digest.ts'

const loadRecap = () => import('../recap/index.tsx')

/** What {@link Talk} takes. */
export interface TalkProps {
  readonly layout: Layout
  /** Between its head and its lines, at a desk. */
  readonly top?: ComponentChildren
}

/** The chat: over the picture on a phone; at a desk a panel, with the questions beside it. */
export function Talk({ layout, top }: TalkProps) {
  const { state, t } = useWidget()
  const [tab, choose] = useDraft<TalkTab>('tab', 'chat')
  const [picked, answer] = useDraft<ChatRow | null>('reply', null)
  const deleted = usePart(state.$room, (room) => room.deleted)
  const answered = picked && !Object.hasOwn(deleted, picked.id) ? picked : null
  const { chat } = useStore(state.$can)
  const hasQuestions = useHasQuestions()
  const isDesk = layout === 'desk'
  const isReplay = useStore(state.$status) === 'replay'
  const isHidden = useStore(state.$mine).hidesChat === true && isReplay
  useChatDigest()
  return (
    <aside class="talk panel" aria-label={t('chat.title')} data-panel={isDesk || undefined}>
      {isDesk && <TalkHead />}
      {top}
      {isDesk && hasQuestions && <TalkTabs tab={tab} onChoose={choose} />}
      <TalkPane tab={isDesk && hasQuestions ? tab : undefined}>
        {isDesk && tab === 'questions' ? (
          <Lazy load={loadRecap}>{({ Questions }) => <Questions />}</Lazy>
        ) : (
          <>
            {!isHidden && (
              <div class="chat-box">
                <PinnedMessage />
                <ChatList limit={isDesk ? 200 : 40} onReply={answer} />
              </div>
            )}
            {chat && (
              <Composer answered={answered} onReplyEnd={() => answer(null)} hasQuestions={hasQuestions && !isDesk} />
            )}
          </>
        )}
      </TalkPane>
    </aside>
  )
}

/** Whether questions can be asked, or any were. */
function useHasQuestions(): boolean {
  const { state } = useWidget()
  const hasAny = usePart(state.$room, ({ questions }) => Object.keys(questions).length > 0)
  return useWay() !== null || hasAny
}

function TalkHead() {
  const { state, say, t } = useWidget()
  const show = useStore(state.$show)
  const name = say(show?.host?.name)
  return (
    <header>
      <HostButton />
      <div class="grow">
        <h2 class="cut">{name || t('chat.title')}</h2>
        <small>{say(show?.title)}</small>
      </div>
      <FollowButton />
    </header>
  )
}

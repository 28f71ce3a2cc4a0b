import type { ComponentChildren } from 'preact'
import { useWidget } from '../../context.ts'
import { Thumb } from '../../parts/product-thumb.tsx'
import type { Layout } from '../../use-layout.ts'
import { useStore } from '../../use-store.ts'
import { ChatList } from './chat-list.tsx'
import { Composer } from './composer.tsx'
import { useChatDigest } from './use-chat-digest.ts'

/** The chat: over the picture on a phone, a panel at a desk, with `top` between its head and its lines. */
export function Talk({ layout, top }: { layout: Layout; top?: ComponentChildren }) {
  const { state, say, t } = useWidget()
  const show = useStore(state.$show)
  const { chat } = useStore(state.$can)
  const name = say(show?.host?.name)
  useChatDigest()
  return (
    <aside class="talk panel" aria-label={t('chat.title')} data-panel={layout === 'desk' || undefined}>
      {layout === 'desk' && (
        <header>
          {name && <Thumb name={name} image={show?.host?.avatar} size={36} class="avatar" />}
          <div class="grow">
            <h2 class="cut">{name || t('chat.title')}</h2>
            <small class="cut">{say(show?.title)}</small>
          </div>
        </header>
      )}
      {top}
      <ChatList limit={layout === 'desk' ? 200 : 40} />
      {chat && <Composer />}
    </aside>
  )
}

import { useEffect } from 'preact/hooks'
import { createChatRows } from '../../../state/chat-rows.ts'
import { useWidget } from '../../context.ts'

/** ms between two words about the chat. */
const PACE = 8000

/**
 * Tells screen readers of the chat: what was said to this viewer or by the host, the newest of it, else how many messages came; nothing while nothing
 * came.
 */
export function useChatDigest(): void {
  const { speak, state, t } = useWidget()
  useEffect(() => {
    const make = createChatRows()
    const read = () => {
      const { name = '', muted, reported = [] } = state.$mine.get()
      const host = state.$show.get()?.host?.name
      return make(state.$chat.get(), { me: name, host, hidden: [...muted, ...reported], limit: 200 })
    }
    let known = new Set(read().map(({ id }) => id))
    const timer = setInterval(() => {
      const rows = read()
      const news = rows.filter(({ id, own }) => !known.has(id) && !own)
      known = new Set(rows.map(({ id }) => id))
      const told = news.findLast(({ isToMe }) => isToMe) ?? news.findLast(({ author }) => author.role === 'host')
      if (told) speak(`${told.author.name || t('chat.guest')}: ${told.text}`)
      else if (news.length) speak(t('chat.new', { count: news.length }))
    }, PACE)
    return () => clearInterval(timer)
  }, [])
}

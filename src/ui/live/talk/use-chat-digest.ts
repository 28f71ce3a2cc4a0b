import { useEffect } from 'preact/hooks'
import { useWidget } from '../../context.ts'
import { useSpeak } from '../../speak.tsx'

/** ms between two words about the chat. */
const PACE = 8000

/** Tells screen readers of the chat: the host's newest words, else how many messages came; nothing while nothing came. */
export function useChatDigest(): void {
  const { state, t } = useWidget()
  const speak = useSpeak()
  useEffect(() => {
    let known = new Set(state.$chat.get().map(({ id }) => id))
    const timer = setInterval(() => {
      const lines = state.$chat.get()
      const news = lines.filter(({ id, own }) => !known.has(id) && !own)
      known = new Set(lines.map(({ id }) => id))
      const host = news.findLast(({ author }) => author.role === 'host')
      if (host) speak(`${host.author.name}: ${host.text}`)
      else if (news.length) speak(t('chat.new', { count: news.length }))
    }, PACE)
    return () => clearInterval(timer)
  }, [])
}

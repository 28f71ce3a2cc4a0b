import { cleanText, cut, lengthOf } from '../clean-text.mjs'
import { viewerEvent } from '../create-show.mjs'

/** Longest message of a viewer, in graphemes, and of a name. */
export const MESSAGE_LIMIT = 200
const NAME_LIMIT = 30

/** What viewers do in the chat. */
export const chatActions = {
  'chat.send': ({ show, action, author, customer, spoke, now }) => {
    const { facts } = show
    const text = cleanText(action.data.text)
    if (facts.chat.mode === 'closed' || facts.status === 'ended') return { ok: false, reason: 'closed' }
    if (show.crowd.isMuted(author)) return { ok: false, reason: 'not-allowed' }
    if (!text) return { ok: false, reason: 'empty' }
    if (lengthOf(text) > MESSAGE_LIMIT) return { ok: false, reason: 'too-long' }
    const wait = (spoke.get(author) ?? Number.NEGATIVE_INFINITY) + facts.chat.slowMode * 1000 - now()
    if (facts.chat.slowMode && wait > 0) return { ok: false, reason: 'too-fast', retryAfter: Math.ceil(wait / 1000) }
    spoke.set(author, now())
    const replyTo = quote(show, action.data.replyTo)
    const event = viewerEvent({ now }, 'chat.message', {
      author: {
        id: author,
        name: nameOf(customer?.name ?? action.data.name, show.hostName) || 'Guest',
        role: 'viewer',
      },
      text,
      ...(replyTo ? { replyTo } : {}),
    })
    show.say(event)
    return { ok: true, id: event.id }
  },
}

/** A name as typed, but never the host's; empty: a guest. */
export function nameOf(typed, hostName) {
  const name = cut(cleanText(typed), NAME_LIMIT)
  const isHosts = name.normalize('NFKC').toLowerCase() === hostName.toLowerCase()
  return isHosts ? '' : name
}

/** The message that another answers, as the log has it; none that was deleted: quoted, it would be there again. */
export function quote(show, id) {
  if (typeof id !== 'string') return undefined
  const message = show.events.findLast((event) => event.id === id && event.type === 'chat.message')
  if (!message || show.events.some(({ type, data }) => type === 'chat.delete' && data.ids.includes(id)))
    return undefined
  return { id, name: message.data.author.name, text: cut(message.data.text, MESSAGE_LIMIT) }
}

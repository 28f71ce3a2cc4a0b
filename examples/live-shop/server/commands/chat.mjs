import { quote } from '../actions/chat.mjs'
import { cleanText, lengthOf } from '../clean-text.mjs'
import { localText, whole } from './read.mjs'
import { refuse } from './refuse.mjs'

const HOST_MESSAGE_LIMIT = 1000
const TEAM = { id: 'team', name: 'Aster & Oak', role: 'moderator' }

/** What the host does in the chat, and with announcements. */
export const chatCommands = {
  /** `as`: `moderator` for the shop's team; absent: the host. */
  say: ({ show, publish }, { text, replyTo, as }) => {
    const clean = cleanText(text)
    if (!clean) refuse('Write something first')
    if (lengthOf(clean) > HOST_MESSAGE_LIMIT) refuse(`At most ${HOST_MESSAGE_LIMIT} characters`)
    const quoted = quote(show, replyTo)
    const author = as === 'moderator' ? TEAM : { id: 'host', name: show.hostName, role: 'host' }
    return publish('chat.message', { author, text: clean, ...(quoted ? { replyTo: quoted } : {}) })
  },

  /** Keeps a message on top of the chat. */
  'pin-message': ({ show, publish }, { id }) => {
    const isDeleted = show.events.some(({ type, data }) => type === 'chat.delete' && data.ids.includes(id))
    const message = show.events.findLast((event) => event.id === id && event.type === 'chat.message')
    if (!message || isDeleted) refuse('There is no such message')
    return publish('chat.pin', { message: { id, ...message.data } })
  },
  'unpin-message': ({ publish }) => publish('chat.pin', {}),

  delete: ({ show, publish }, { id }) => {
    if (!show.events.some((event) => event.id === id && event.type === 'chat.message'))
      refuse('There is no such message')
    return publish('chat.delete', { ids: [id] })
  },

  /** Who wrote this message says nothing more, in the chat or as a question. Nobody is told but by being refused. */
  mute: async ({ show }, { id }) => {
    const message = show.events.findLast((event) => event.id === id && event.type === 'chat.message')
    if (message?.data.author.role !== 'viewer') refuse('There is no such viewer')
    await show.crowd.mute(message.data.author.id, message.data.author.name)
  },
  unmute: async ({ show }, { author }) => {
    if (!show.crowd.isMuted(author)) refuse('This viewer may speak already')
    await show.crowd.unmute(author)
  },

  'chat-mode': ({ publish }, { mode, slowMode = 0 }) => {
    if (mode !== 'open' && mode !== 'closed') refuse('The chat is open or closed')
    return publish('chat.mode', { mode, slowMode: whole(slowMode, 0, 600, 'Slow mode') })
  },

  notice: ({ publish }, { text }) => publish('notice', { text: localText(text, 200) ?? '' }),
}

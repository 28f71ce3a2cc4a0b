import { cleanText, cut, lengthOf } from './clean-text.mjs'
import { viewerEvent, viewerId } from './create-show.mjs'
import { createMemory } from './rate-limit.mjs'

/** Longest message of a viewer, in graphemes, and of a name. */
export const MESSAGE_LIMIT = 200
const NAME_LIMIT = 30
const KEY = /^[\w.:-]{1,200}$/

/** What viewers of this shop may do. */
export const ACTIONS = ['chat.send', 'reaction.send']

/**
 * Carries out what viewers send up, each key once: the same key again gets the same answer for ten minutes.
 * @param {{ currentShow: () => object, now?: () => number }} options
 */
export function createActions({ currentShow, now = Date.now }) {
  const done = createMemory({ forMs: 600_000, limit: 50_000, now })
  const spoke = createMemory({ forMs: 3_600_000, limit: 50_000, now })
  return {
    /**
     * @param {unknown} action as it came
     * @param {string} connection who is speaking where no guest id was sent
     * @returns {{ ok: true, id?: string } | { ok: false, reason: string, message?: string, retryAfter?: number }}
     */
    take(action, connection) {
      if (!isAction(action)) return { ok: false, reason: 'unknown' }
      const show = currentShow()
      const guest = typeof action.data.guest === 'string' ? action.data.guest.slice(0, 200) : connection
      const author = viewerId(show.epoch, guest)
      const key = `${author} ${action.key}`
      const before = done.get(key)
      if (before) return before
      const answer = carryOut({ show, action, author, spoke, now })
      if (answer.ok) done.set(key, answer)
      return answer
    },
  }
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

const isAction = (action) =>
  isObject(action) && typeof action.type === 'string' && KEY.test(String(action.key)) && isObject(action.data)

function carryOut(context) {
  const { show, action } = context
  if (action.type === 'chat.send') return sendMessage(context)
  if (action.type !== 'reaction.send') return { ok: false, reason: 'not-allowed' }
  const { count } = action.data
  if (show.facts.status === 'ended') return { ok: false, reason: 'closed' }
  if (!Number.isInteger(count) || count < 1) return { ok: false, reason: 'empty' }
  show.addReactions(Math.min(count, 20))
  return { ok: true }
}

function sendMessage({ show, action, author, spoke, now }) {
  const { facts } = show
  const text = cleanText(action.data.text)
  if (facts.chat.mode === 'closed' || facts.status === 'ended') return { ok: false, reason: 'closed' }
  if (!text) return { ok: false, reason: 'empty' }
  if (lengthOf(text) > MESSAGE_LIMIT) return { ok: false, reason: 'too-long' }
  const wait = (spoke.get(author) ?? Number.NEGATIVE_INFINITY) + facts.chat.slowMode * 1000 - now()
  if (facts.chat.slowMode && wait > 0) return { ok: false, reason: 'too-fast', retryAfter: Math.ceil(wait / 1000) }
  spoke.set(author, now())
  const replyTo = quote(show, action.data.replyTo)
  const event = viewerEvent({ now }, 'chat.message', {
    author: { id: author, name: nameOf(action.data.name, show.hostName), role: 'viewer' },
    text,
    ...(replyTo ? { replyTo } : {}),
  })
  show.say(event)
  return { ok: true, id: event.id }
}

/** A name as typed, but never the host's. */
function nameOf(typed, hostName) {
  const name = cut(cleanText(typed), NAME_LIMIT)
  const isHosts = name.normalize('NFKC').toLowerCase() === hostName.toLowerCase()
  return !name || isHosts ? 'Guest' : name
}

/** The message that another answers, as the log has it. */
export function quote(show, id) {
  if (typeof id !== 'string') return undefined
  const message = show.events.findLast((event) => event.id === id && event.type === 'chat.message')
  if (!message) return undefined
  return { id, name: message.data.author.name, text: cut(message.data.text, MESSAGE_LIMIT) }
}

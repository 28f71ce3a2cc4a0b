import { chatActions } from './actions/chat.mjs'
import { crowdActions } from './actions/crowd.mjs'
import { pollActions } from './actions/polls.mjs'
import { questionActions } from './actions/questions.mjs'
import { raffleActions } from './actions/raffles.mjs'
import { reactionActions } from './actions/reactions.mjs'
import { voucherActions } from './actions/vouchers.mjs'
import { viewerId } from './create-show.mjs'
import { createGuestDoor } from './guest-door.mjs'
import { createMemory } from './rate-limit.mjs'

export { MESSAGE_LIMIT } from './actions/chat.mjs'

const KEY = /^[\w.:-]{1,200}$/

/**
 * By type of action, what carries it out: `(context, …) => answer` or a promise of one. `context`: `show`, `action`, `author` (the
 * viewer's public id), `customer` (who is signed in), `spoke` (when each author last spoke), `hearts` (how many each may still give) and `now`.
 */
const TAKES = {
  ...chatActions,
  ...reactionActions,
  ...pollActions,
  ...voucherActions,
  ...raffleActions,
  ...questionActions,
  ...crowdActions,
}

/** What viewers of this shop may do. */
export const ACTIONS = Object.keys(TAKES)

/**
 * Carries out what viewers send up, each key once: the same key again gets the same answer for ten minutes.
 * @param {{ currentShow: () => object, earlier?: object, now?: () => number, newGuests?: { burst: number, perSecond: number } }} options `earlier`: see
 *   `openEarlierShows`
 */
export function createActions({ currentShow, earlier, now = Date.now, newGuests = {} }) {
  const door = createGuestDoor({ now, ...newGuests })
  const done = createMemory({ forMs: 600_000, limit: 50_000, now })
  const spoke = createMemory({ forMs: 3_600_000, limit: 50_000, now })
  const hearts = createMemory({ forMs: 60_000, limit: 50_000, now })
  return {
    /**
     * @param {unknown} action as it came
     * @param {{ name: string, address?: string, isLine?: boolean }} from where it came from, see `createGuestDoor`
     * @param {{ id: string, name: string }} [customer] who is signed in, by a token of the shop's
     * @returns {Promise<{ ok: true, id?: string } | { ok: false, reason: string, message?: string, retryAfter?: number }>}
     */
    async take(action, from, customer) {
      if (!isAction(action)) return { ok: false, reason: 'unknown' }
      const isClaim = action.type === 'raffle.claim'
      const show = (isClaim && earlier?.withRaffle(action.data.id)) || currentShow()
      // With a line break, which no guest's id has: nobody becomes a customer by naming one.
      const wanted = KEY.test(String(action.data.guest ?? '')) ? action.data.guest : undefined
      const who = customer ? `customer\n${customer.id}` : door.admit(from, wanted)
      if (who === undefined) return { ok: false, reason: 'too-fast', retryAfter: door.retryAfter }
      const author = viewerId(show.epoch, who)
      const key = `${author} ${action.key}`
      const before = done.get(key)
      if (before) return before
      const answer = carryOut({ show, action, author, customer, spoke, hearts, now })
      done.set(key, answer)
      const { ok } = await answer
      if (!ok) done.delete(key)
      return answer
    },
  }
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

const isAction = (action) =>
  isObject(action) && typeof action.type === 'string' && KEY.test(String(action.key)) && isObject(action.data)

/** What breaks here, such as a disk that refuses, is told in the console and may be tried again. */
async function carryOut(context) {
  const { type } = context.action
  if (!Object.hasOwn(TAKES, type)) return { ok: false, reason: 'not-allowed' }
  try {
    const answer = await TAKES[type](context)
    if (answer.ok) await context.show.raffles.after(context.action, context.author)
    return answer
  } catch (error) {
    console.error(`${type}:`, error)
    return { ok: false, reason: 'unknown' }
  }
}

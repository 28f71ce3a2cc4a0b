import { createBucket } from '../rate-limit.mjs'

/** Hearts of one viewer: as many as a busy thumb gives. */
const HEARTS = { burst: 40, perSecond: 10 }

/** Hearts. */
export const reactionActions = {
  'reaction.send': ({ show, action, author, hearts, now }) => {
    const { count } = action.data
    if (show.facts.status === 'ended') return { ok: false, reason: 'closed' }
    if (!Number.isInteger(count) || count < 1) return { ok: false, reason: 'empty' }
    const bucket = hearts.get(author) ?? createBucket({ ...HEARTS, now })
    hearts.set(author, bucket)
    const given = bucket.takeUpTo(Math.min(count, 20))
    if (given === 0) return { ok: false, reason: 'too-fast', retryAfter: 1 }
    show.addReactions(given)
    return { ok: true }
  },
}

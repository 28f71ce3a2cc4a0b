/** Hearts. */
export const reactionActions = {
  'reaction.send': ({ show, action }) => {
    const { count } = action.data
    if (show.facts.status === 'ended') return { ok: false, reason: 'closed' }
    if (!Number.isInteger(count) || count < 1) return { ok: false, reason: 'empty' }
    show.addReactions(Math.min(count, 20))
    return { ok: true }
  },
}

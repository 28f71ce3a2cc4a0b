/** Votes. */
export const pollActions = {
  'poll.vote': ({ show, action, author }) =>
    show.facts.status === 'ended' ? { ok: false, reason: 'closed' } : show.polls.vote(action, author),
}

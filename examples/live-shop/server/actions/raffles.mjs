/** Giveaways: a winner may claim after the show as well. */
export const raffleActions = {
  'raffle.enter': ({ show, action, author }) =>
    show.facts.status === 'ended' ? { ok: false, reason: 'closed' } : show.raffles.enter(action, author),
  'raffle.claim': ({ show, action, author }) => show.raffles.claim(action, author),
}

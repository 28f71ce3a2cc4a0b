/** What viewers do beside talking. */
export const crowdActions = {
  'host.follow': ({ show, action, author }) => show.crowd.follow(author, action.data.follows !== false),

  'message.report': ({ show, action, author }) => {
    const { id } = action.data
    if (!show.events.some((event) => event.id === id && event.type === 'chat.message'))
      return { ok: false, reason: 'unknown' }
    return show.crowd.report(author, id)
  },
}

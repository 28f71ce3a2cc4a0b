import { nameOf } from './chat.mjs'

const isOver = ({ facts }) => facts.status === 'ended'

/** What viewers ask, and what they want to know too. */
export const questionActions = {
  'question.ask': ({ show, action, author, customer }) => {
    if (isOver(show)) return { ok: false, reason: 'closed' }
    if (show.crowd.isMuted(author)) return { ok: false, reason: 'not-allowed' }
    const { text, name, productId } = action.data
    const asked = nameOf(customer?.name ?? name, show.hostName)
    return show.questions.ask({ text, productId, author, moment: action.moment, ...(asked ? { name: asked } : {}) })
  },

  'question.vote': ({ show, action, author }) =>
    isOver(show) ? { ok: false, reason: 'closed' } : show.questions.vote(action.data.id, author),
}

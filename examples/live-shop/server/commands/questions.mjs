import { localText } from './read.mjs'
import { refuse } from './refuse.mjs'

const ANSWER_LIMIT = 500

/** What the host does with questions. */
export const questionCommands = {
  /** By voice, from this moment of the picture on; with `text` in words too. */
  'answer-question': ({ show, publish }, { id, text }) => {
    const question = show.questions.open(id) ?? refuse('This question is answered or hidden already')
    const isSpoken = text === undefined || text === null || text === ''
    const answer = isSpoken
      ? undefined
      : (localText(text, ANSWER_LIMIT) ?? refuse(`At most ${ANSWER_LIMIT} characters`))
    return publish('question.answer', {
      id,
      question: question.text,
      ...(answer ? { answer } : {}),
      ...(question.productId ? { productId: question.productId } : {}),
    })
  },

  'hide-question': ({ show, publish }, { id }) => {
    if (!show.questions.list().some((question) => question.id === id)) refuse('There is no such question')
    return publish('question.hide', { id })
  },
}

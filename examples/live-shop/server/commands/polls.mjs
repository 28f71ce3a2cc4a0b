import { randomBytes } from 'node:crypto'
import { localText, whole } from './read.mjs'
import { refuse } from './refuse.mjs'

/** What the host does with polls and quizzes. */
export const pollCommands = {
  /** `correct`: which answer of a quiz is right, from 0; it is told at the end. */
  'open-poll': async ({ show, now, publish }, { question, options, seconds, quiz, correct, change }) => {
    if (show.polls.open().length >= 3) refuse('Three polls at once are enough: close one first')
    if (!Array.isArray(options) || options.length < 2 || options.length > 6) refuse('A poll has two to six answers')
    const id = `p-${randomBytes(6).toString('base64url')}`
    const answers = options.map((label, index) => ({
      id: `a${index + 1}`,
      label: localText(label, 60) ?? refuse('Give every answer its words'),
    }))
    const asked = localText(question, 140) ?? refuse('Ask something')
    const isQuiz = quiz === true
    const right = isQuiz ? answers[whole(correct, 0, answers.length - 1, 'The right answer')] : undefined
    const end =
      seconds === undefined || seconds === null
        ? {}
        : { closesAt: now() + whole(seconds, 5, 3600, 'The length in seconds') * 1000 }
    const poll = { id, question: asked, options: answers, ...end }
    const event = await publish('poll.open', {
      ...poll,
      ...(isQuiz ? { quiz: true } : {}),
      ...(change === true && !isQuiz ? { change: true } : {}),
    })
    if (right) await show.polls.setCorrect(id, right.id)
    return event
  },

  'close-poll': ({ show, publish }, { id }) =>
    publish(...(show.polls.ending(id) ?? refuse('This poll is closed already'))),
}

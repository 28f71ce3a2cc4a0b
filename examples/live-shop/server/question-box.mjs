import { randomBytes } from 'node:crypto'
import { cleanText, lengthOf } from './clean-text.mjs'

/** Longest question, in graphemes. */
export const QUESTION_LIMIT = 300
/** Milliseconds between two questions of one viewer, and how many of hers may wait for an answer. */
const PAUSE = 10_000
const AT_ONCE = 5
/** Milliseconds between two tellings of the votes. */
const TELL_EVERY = 1000

const refused = (reason, more = {}) => ({ ok: false, reason, ...more })

/**
 * The questions of one show: each stands for everyone to see and to vote for, once per viewer, until the host answers or hides it.
 * @param {{ ledger: object, publish: (type: string, data: object) => Promise<object>, now: () => number }} options
 */
export function createQuestionBox({ ledger, publish, now }) {
  const box = { ledger, publish, now, questions: new Map(), askedAt: new Map(), toldAt: 0, isBusy: false }
  return {
    /** Learns from the show's log. */
    learn: (event) => learn(box, event),
    /** Learns from the private ledger. */
    recall: (entry) => recall(box, entry),
    /** All that the host did not hide, those with the most votes first, of the same number the newest: `{ …question, at, votes, isAnswered }`. */
    list: () =>
      [...box.questions.values()]
        .filter(({ isHidden }) => !isHidden)
        .map(({ post, at, voters, isAnswered = false }) => ({ ...post, at, votes: voters.size, isAnswered }))
        .sort((a, b) => b.votes - a.votes || b.at - a.at),
    ask: (given) => ask(box, given),
    vote: (id, author) => vote(box, id, author),
    /** @returns the question as it stands; `undefined`: there is none that is open */
    open: (id) => openOne(box, id)?.post,
    tick: () => tick(box),
  }
}

function learn({ questions }, { type, data, at }) {
  if (type === 'question.post') {
    const before = questions.get(data.id)
    questions.set(data.id, { voters: new Set(), at, ...before, post: data, told: data.votes })
  }
  const one = questions.get(data?.id)
  if (type === 'question.answer' && one) one.isAnswered = true
  if (type === 'question.hide' && one) one.isHidden = true
}

function recall({ questions }, { kind, id, author }) {
  const one = questions.get(id)
  if (kind === 'question.vote') one?.voters.add(author)
  if (kind === 'question.ask' && one) one.author = author
}

const openOne = ({ questions }, id) => {
  const one = questions.get(id)
  return one && !one.isAnswered && !one.isHidden ? one : undefined
}

async function ask(box, { text, name, productId, moment, author }) {
  const words = cleanText(text)
  if (!words) return refused('empty')
  if (lengthOf(words) > QUESTION_LIMIT) return refused('too-long')
  const own = [...box.questions.values()].filter((one) => one.author === author && !one.isAnswered && !one.isHidden)
  if (own.some(({ post }) => post.text === words)) return refused('already')
  const wait = (box.askedAt.get(author) ?? Number.NEGATIVE_INFINITY) + PAUSE - box.now()
  if (wait > 0 || own.length >= AT_ONCE) return refused('too-fast', { retryAfter: Math.max(1, Math.ceil(wait / 1000)) })
  box.askedAt.set(author, box.now())
  const id = `q-${randomBytes(6).toString('base64url')}`
  const about = typeof productId === 'string' && /^[\w-]{1,100}$/.test(productId) ? { productId } : {}
  const when = Number.isInteger(moment) ? { moment } : {}
  await box.publish('question.post', { id, text: words, ...(name ? { name } : {}), ...about, ...when, votes: 0 })
  const entry = { kind: 'question.ask', id, author }
  recall(box, entry)
  await box.ledger.note(entry)
  return { ok: true, id }
}

async function vote(box, id, author) {
  const one = box.questions.get(id)
  if (!one || one.isHidden) return refused('unknown')
  if (one.isAnswered) return refused('closed')
  if (one.author === author) return refused('not-allowed')
  if (one.voters.has(author)) return refused('already')
  const entry = { kind: 'question.vote', id, author }
  recall(box, entry)
  await box.ledger.note(entry)
  return { ok: true }
}

/** Tells the votes that are new. */
async function tick(box) {
  const time = box.now()
  if (box.isBusy || time - box.toldAt < TELL_EVERY) return
  box.toldAt = time
  box.isBusy = true
  try {
    for (const one of box.questions.values()) {
      const votes = one.voters.size
      if (votes !== one.told && !one.isAnswered && !one.isHidden)
        await box.publish('question.post', { ...one.post, votes })
    }
  } finally {
    box.isBusy = false
  }
}

import { GRACE, isInTime } from './in-time.mjs'

/** Milliseconds between two tellings of the votes. */
const TELL_EVERY = 1000

/**
 * The polls of one show: one vote per viewer, counted here and told at most once a second.
 * @param {{ ledger: object, publish: (type: string, data: object) => Promise<object>, now: () => number }} options
 */
export function createPollBox({ ledger, publish, now }) {
  const box = { ledger, publish, now, polls: new Map(), toldAt: 0, isBusy: false }
  return {
    /** Learns from the show's log. */
    learn: (event) => learn(box, event),
    /** Learns from the private ledger. */
    recall: (entry) => recall(box, entry),
    /** Polls that are open, newest last, each with its votes so far. */
    open: () =>
      [...box.polls.values()]
        .filter(({ endedAt }) => endedAt === undefined)
        .map((one) => ({ ...one.poll, votes: countOf(one) })),
    /** Which answer is right; kept from the viewers until the end. */
    setCorrect: (id, option) => ledger.note({ kind: 'poll.correct', id, option }).then((entry) => recall(box, entry)),
    vote: (action, author) => vote(box, action, author),
    /** @returns the data of `poll.close`; `undefined`: it is closed */
    closing: (id) => closing(box, id),
    /** @returns {[string, object] | undefined} the event by which the host ends it now; `undefined`: its time is over */
    ending: (id) => ending(box, id),
    /** Tells new votes, and ends what is over. */
    tick: () => tick(box),
  }
}

function learn({ polls }, { type, data, at }) {
  if (type === 'poll.open') polls.set(data.id, { votes: new Map(), told: '', ...polls.get(data.id), poll: data })
  const one = polls.get(data.id)
  if (type === 'poll.close' && one) one.endedAt ??= at
  if ((type === 'poll.close' || type === 'poll.update') && one && data.votes) one.told = JSON.stringify(data.votes)
}

function recall({ polls }, { kind, id, author, option }) {
  const one = polls.get(id)
  if (kind === 'poll.vote') one?.votes.set(author, option)
  if (kind === 'poll.correct' && one) one.correct = option
}

async function vote(box, action, author) {
  const { id, option } = action.data
  const one = box.polls.get(id)
  if (!one?.poll.options.some((known) => known.id === option)) return { ok: false, reason: 'unknown' }
  const { closesAt = Number.POSITIVE_INFINITY, change } = one.poll
  const end = Math.min(closesAt, one.endedAt ?? Number.POSITIVE_INFINITY)
  // Once the answer of a quiz is told, it would be a vote with the answer at hand.
  const isTold = one.correct !== undefined && one.endedAt !== undefined
  if (isTold || !isInTime(action, end, box.now())) return { ok: false, reason: 'closed' }
  if (one.votes.has(author) && !change) return { ok: false, reason: 'already' }
  const entry = { kind: 'poll.vote', id, author, option }
  recall(box, entry)
  await box.ledger.note(entry)
  return { ok: true }
}

function closing({ polls }, id) {
  const one = polls.get(id)
  if (!one || one.endedAt !== undefined) return undefined
  return { id, votes: countOf(one), ...(one.correct === undefined ? {} : { correct: one.correct }) }
}

/** A quiz has its end moved to now and is closed by {@link tick}: its answer waits for the votes of those whose picture is behind. */
function ending(box, id) {
  const one = box.polls.get(id)
  const time = box.now()
  if (!one || one.endedAt !== undefined || time >= one.poll.closesAt) return undefined
  return one.correct === undefined ? ['poll.close', closing(box, id)] : ['poll.open', { ...one.poll, closesAt: time }]
}

function countOf({ poll, votes }) {
  const counts = Object.fromEntries(poll.options.map(({ id }) => [id, 0]))
  for (const option of votes.values()) counts[option] += 1
  return counts
}

async function tick(box) {
  const time = box.now()
  if (box.isBusy || time - box.toldAt < TELL_EVERY) return
  box.toldAt = time
  box.isBusy = true
  try {
    for (const [id, one] of box.polls) {
      const { closesAt = Number.POSITIVE_INFINITY } = one.poll
      const votes = countOf(one)
      // Whose picture is behind may still vote for a while: the result is told when that is over.
      if (one.endedAt === undefined && time > closesAt + GRACE * 1000) await box.publish('poll.close', closing(box, id))
      else if (one.votes.size && JSON.stringify(votes) !== one.told) await box.publish('poll.update', { id, votes })
    }
  } finally {
    box.isBusy = false
  }
}

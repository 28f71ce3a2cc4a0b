import { createHash, randomBytes } from 'node:crypto'
import { createCrowdBox } from './crowd-box.mjs'
import { openEventLog } from './event-log.mjs'
import { createPollBox } from './poll-box.mjs'
import { openPrivateLedger } from './private-ledger.mjs'
import { createQuestionBox } from './question-box.mjs'
import { createRaffleBox } from './raffle-box.mjs'
import { createVoucherBox } from './voucher-box.mjs'

/**
 * One show: its log, what is true now, and those who listen. Every host event goes through `publish`, which resolves
 * when it is on disk and has been told to everyone. Offers open and close by themselves, polls and giveaways end; after a restart too.
 *
 * @param {object} options
 * @param {string} options.folder where logs are
 * @param {string} options.epoch
 * @param {string} options.hostName
 * @param {() => number} [options.now]
 * @param {(code: string, terms: object, until: number) => void} [options.addCode] the shop honours a code
 * @param {(number: string) => boolean} [options.isOrder] whether the shop has such an order
 */
export async function openShow({ folder, epoch, hostName, now = Date.now, addCode = () => {}, isOrder = () => false }) {
  const log = await openEventLog({ folder, epoch, now })
  const ledger = await openPrivateLedger({ folder, epoch })
  const listeners = new Set()
  const facts = {
    status: 'scheduled',
    pinned: [],
    offers: new Map(),
    chat: { mode: 'open', slowMode: 0 },
    stock: new Map(),
    cards: new Map(),
  }
  const show = { log, now, hostName, listeners, facts, audience: 0, reactions: 0, toldReactions: 0, closing: new Set() }
  const tools = { ledger, now, publish: (type, data) => publish(show, type, data) }
  show.polls = createPollBox(tools)
  show.raffles = createRaffleBox({ ...tools, epoch, isOrder })
  show.vouchers = createVoucherBox({ ...tools, addCode })
  show.questions = createQuestionBox(tools)
  show.crowd = createCrowdBox(tools)
  for (const event of log.events) learn(show, event)
  for (const entry of ledger.entries) {
    show.polls.recall(entry)
    show.raffles.recall(entry)
    show.questions.recall(entry)
    show.crowd.recall(entry)
    show.vouchers.recall(entry, facts.offers.get(entry.id))
  }
  show.reactions = show.toldReactions = log.events.findLast(({ type }) => type === 'reaction.batch')?.data.total ?? 0
  return {
    epoch,
    hostName,
    file: log.file,
    events: log.events,
    facts,
    polls: show.polls,
    raffles: show.raffles,
    vouchers: show.vouchers,
    questions: show.questions,
    crowd: show.crowd,
    get seq() {
      return log.seq
    },
    /** Date of the show's first moment, ms; `undefined` before it began. */
    get startedAt() {
      return log.events.find(({ type, data }) => type === 'show.state' && data.status === 'live')?.at
    },
    /** Date of its end, ms. */
    get endedAt() {
      return log.events.findLast(({ type, data }) => type === 'show.state' && data.status === 'ended')?.at
    },
    /** Hearts of the show so far. */
    get hearts() {
      return show.reactions
    },
    get audience() {
      return show.audience
    },
    publish: (type, data, more) => publish(show, type, data, more),
    say: (event) => say(show, event),
    /** Calls back with every event from now on, host events in the order of their places. */
    listen(callback) {
      listeners.add(callback)
      return () => listeners.delete(callback)
    },
    /** Looks at the clock: closes offers whose time has come, tells how many watch and what hearts came in. Resolves when all of it is told. */
    tick: (counts) => tick(show, counts),
    addReactions: (count) => {
      show.reactions += count
    },
    async close() {
      await ledger.close()
      await log.close()
    },
  }
}

/** A name for a new log: its date first, so that names sort by age. */
export const newEpoch = (at) =>
  `${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}-${randomBytes(3).toString('hex')}`

/** A viewer's id as others see it: stable for the visit, and not what the viewer sent. */
export const viewerId = (epoch, guest) =>
  `v-${createHash('sha256').update(`${epoch}\n${guest}`).digest('hex').slice(0, 12)}`

async function publish(show, type, data, more) {
  const event = await show.log.append(type, data, more)
  learn(show, event)
  tell(show, event)
  return event
}

/** A viewer's event: told at once, written when the disk has time. */
function say(show, event) {
  tell(show, event)
  show.log.note(event).catch(() => {})
}

const tell = (show, event) => {
  for (const listener of show.listeners) listener(event)
}

function learn({ facts, polls, raffles, questions }, event) {
  const { type, data, at } = event
  polls.learn(event)
  raffles.learn(event)
  questions.learn(event)
  if (type === 'show.state') facts.status = data.status
  if (type === 'product.pin') facts.pinned = data.ids
  if (type.startsWith('offer.')) learnOffer(facts.offers, type, data, at)
  if (type === 'card.show') facts.cards.set(data.id, data)
  if (type === 'card.hide') facts.cards.delete(data.id)
  if (type === 'chat.pin') facts.pinnedMessage = data.message
  if (type === 'chat.mode') facts.chat = { slowMode: 0, ...data }
  if (type === 'product.stock') facts.stock.set(data.id, data)
}

/** Of an offer: its terms as they are now, whether it is open, and how and when it closed. */
function learnOffer(offers, type, data, at) {
  const known = offers.get(data.id) ?? {}
  if (type === 'offer.announce' && !known.isOpen) offers.set(data.id, { ...known, terms: data })
  if (type === 'offer.open') offers.set(data.id, { ...known, terms: { ...known.terms, ...data }, isOpen: true })
  if (type === 'offer.update' && known.terms)
    offers.set(data.id, { ...known, terms: { ...known.terms, remaining: data.remaining } })
  if (type === 'offer.close') offers.set(data.id, { ...known, closed: data.reason, closedAt: at })
}

async function tick(show, { audience }) {
  const boxes = [show.polls, show.raffles, show.questions].map((box) =>
    box.tick().catch((error) => console.error('The votes could not be told:', error.message)),
  )
  if (audience !== show.audience) {
    show.audience = audience
    say(show, viewerEvent(show, 'audience.count', { count: audience }))
  }
  if (show.reactions > show.toldReactions) {
    show.toldReactions = show.reactions
    say(show, viewerEvent(show, 'reaction.batch', { total: show.reactions }))
  }
  await Promise.all([...boxes, ...turnOffers(show)])
}

/** Opens what was announced and closes what is over, each at its time. */
function turnOffers(show) {
  const time = show.now()
  return [...show.facts.offers].map(([id, { terms, isOpen, closed }]) => {
    if (closed || !terms || show.closing.has(id)) return undefined
    if (terms.closesAt <= time) return turn(show, id, () => publish(show, 'offer.close', { id, reason: 'time' }))
    return !isOpen && terms.opensAt <= time ? turn(show, id, () => publish(show, 'offer.open', terms)) : undefined
  })
}

function turn({ closing }, id, act) {
  closing.add(id)
  return act()
    .catch(() => {})
    .finally(() => closing.delete(id))
}

/** An event without a place. */
export const viewerEvent = ({ now }, type, data) => ({
  v: 1,
  id: `c-${randomBytes(9).toString('base64url')}`,
  at: now(),
  type,
  data,
})

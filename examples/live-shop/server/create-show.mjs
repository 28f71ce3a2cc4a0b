import { createHash, randomBytes } from 'node:crypto'
import { openEventLog } from './event-log.mjs'

/** Seconds for which the shop honours an offer after its end: the viewer's picture is behind the host's. */
export const GRACE = 15

/**
 * One show: its log, what is true now, and those who listen. Every host event goes through `publish`, which resolves
 * when it is on disk and has been told to everyone. Offers close by themselves; after a restart too.
 *
 * @param {object} options
 * @param {string} options.folder where logs are
 * @param {string} options.epoch
 * @param {string} options.hostName
 * @param {() => number} [options.now]
 */
export async function openShow({ folder, epoch, hostName, now = Date.now }) {
  const log = await openEventLog({ folder, epoch, now })
  const listeners = new Set()
  const facts = {
    status: 'scheduled',
    pinned: [],
    offers: new Map(),
    chat: { mode: 'open', slowMode: 0 },
    stock: new Map(),
  }
  const show = { log, now, hostName, listeners, facts, audience: 0, reactions: 0, toldReactions: 0, closing: new Set() }
  for (const event of log.events) learn(show, event)
  show.reactions = show.toldReactions = log.events.findLast(({ type }) => type === 'reaction.batch')?.data.total ?? 0
  return {
    epoch,
    hostName,
    file: log.file,
    events: log.events,
    facts,
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
    /** Looks at the clock: closes offers whose time has come, tells how many watch and what hearts came in. */
    tick: (counts) => tick(show, counts),
    addReactions: (count) => {
      show.reactions += count
    },
    close: () => log.close(),
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

function learn({ facts }, { type, data }) {
  if (type === 'show.state') facts.status = data.status
  if (type === 'product.pin') facts.pinned = data.ids
  if (type === 'offer.open') facts.offers.set(data.id, { terms: data, closed: facts.offers.get(data.id)?.closed })
  if (type === 'offer.close') facts.offers.set(data.id, { ...facts.offers.get(data.id), closed: data.reason })
  if (type === 'chat.mode') facts.chat = { slowMode: 0, ...data }
  if (type === 'product.stock') facts.stock.set(data.id, data)
}

function tick(show, { audience }) {
  closeOffers(show)
  if (audience !== show.audience) {
    show.audience = audience
    say(show, viewerEvent(show, 'audience.count', { count: audience }))
  }
  if (show.reactions > show.toldReactions) {
    show.toldReactions = show.reactions
    say(show, viewerEvent(show, 'reaction.batch', { total: show.reactions }))
  }
}

function closeOffers(show) {
  for (const [id, { terms, closed }] of show.facts.offers) {
    if (closed || !terms || terms.closesAt > show.now() || show.closing.has(id)) continue
    show.closing.add(id)
    publish(show, 'offer.close', { id, reason: 'time' })
      .catch(() => {})
      .finally(() => show.closing.delete(id))
  }
}

/** An event without a place. */
export const viewerEvent = ({ now }, type, data) => ({
  v: 1,
  id: `c-${randomBytes(9).toString('base64url')}`,
  at: now(),
  type,
  data,
})

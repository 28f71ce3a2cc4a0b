import { createHash, randomBytes } from 'node:crypto'
import { cleanText } from './clean-text.mjs'
import { drawWinners, seedHashOf } from './draw-winners.mjs'
import { GRACE, isInTime } from './in-time.mjs'

/** Milliseconds between two tellings of how many take part. */
const TELL_EVERY = 1000
/** Longest delay that a viewer's own measure of a reaction is believed for, ms: the delay of a slow live stream. */
const TRUST = 30_000

/**
 * The giveaways of one show: one entry per viewer, under a pseudonym, and a draw that anyone can repeat.
 * @param {{ epoch: string, ledger: object, publish: (type: string, data: object) => Promise<object>, now: () => number,
 *   isOrder: (number: string) => boolean }} options `isOrder`: whether the shop has such an order
 */
export function createRaffleBox({ epoch, ledger, publish, now, isOrder }) {
  const maps = { raffles: new Map(), seeds: new Map(), salts: new Map() }
  const box = { epoch, ledger, publish, now, isOrder, ...maps, toldAt: 0, isBusy: false }
  return {
    /** Learns from the show's log. */
    learn: (event) => learn(box, event),
    /** Learns from the private ledger. */
    recall: (entry) => recall(box, entry),
    /** What the host sees of them, newest last. */
    list: () => [...box.raffles.values()].map((one) => listed(box, one)),
    /** Those whose winners may still claim, and until when (`claimBy`). */
    claimable: () =>
      [...box.raffles.values()]
        .filter(({ draw: drawn }) => drawn && now() <= (drawn.claimBy ?? Number.POSITIVE_INFINITY))
        .map((one) => ({ ...listed(box, one), claimBy: one.draw.claimBy })),
    has: (id) => box.raffles.has(id),
    /** Makes the seed of a raffle and keeps it secret. @returns {Promise<string>} its hash, to be published before anyone enters */
    async seal(id) {
      const seed = randomBytes(32).toString('hex')
      const salt = randomBytes(16).toString('hex')
      recall(box, await ledger.note({ kind: 'raffle.seed', id, seed, salt }))
      return seedHashOf(seed)
    },
    enter: (action, author) => enter(box, action, author),
    claim: (action, author) => claim(box, action, author),
    /** Enters whoever has just done what an open raffle asks for: said the word, asked a question. */
    after: (action, author) => after(box, action, author),
    /** @returns {string | { id: string, seed: string, entries: string[], winners: string[] }} a refusal in words, or the data of `raffle.draw` */
    draw: (id) => draw(box, id),
    /** Tells how many take part, and ends what is over. */
    tick: () => tick(box),
  }
}

function learn({ raffles }, { type, data, at }) {
  if (type === 'raffle.open' && !raffles.has(data.id)) {
    raffles.set(data.id, {
      raffle: data,
      openedAt: at,
      entries: new Map(),
      claims: new Map(),
      said: new Set(),
      told: 0,
    })
  }
  const one = raffles.get(data.id)
  if (type === 'raffle.update' && one) one.told = data.entries
  if (type === 'raffle.close' && one) one.closedAt ??= at
  if (type === 'raffle.draw' && one) one.draw ??= data
}

function recall({ raffles, seeds, salts }, { kind, id, author, seed, salt, took, order, fields }) {
  const one = raffles.get(id)
  if (kind === 'raffle.seed') seeds.set(id, seed)
  if (kind === 'raffle.seed') salts.set(id, salt)
  if (kind === 'raffle.enter' && one && !one.entries.has(author)) one.entries.set(author, { took, order })
  if (kind === 'raffle.claim') one?.claims.set(author, fields)
}

/** Under what a viewer stands in a draw: with a salt that is never told, or all who chat could be found in it by their ids. */
const pseudonym = ({ epoch, salts }, id, author) =>
  createHash('sha256')
    .update([epoch, id, author, ...(salts.get(id) ? [salts.get(id)] : [])].join('\n'))
    .digest('hex')
    .slice(0, 10)

const endOf = ({ raffle, closedAt = Number.POSITIVE_INFINITY }) => Math.min(raffle.closesAt, closedAt)

async function enter(box, action, author) {
  const { id } = action.data
  const one = box.raffles.get(id)
  if (!one) return { ok: false, reason: 'unknown' }
  const entry = pseudonym(box, id, author)
  if (one.entries.has(author)) return { ok: true, entry }
  if (one.draw || !isInTime(action, endOf(one), box.now())) return { ok: false, reason: 'closed' }
  if (!hasDone(box, one, action, author)) return { ok: false, reason: 'not-allowed' }
  const order = one.raffle.entry === 'purchase' && action.data.free !== true ? { order: orderOf(action.data) } : {}
  const note = { kind: 'raffle.enter', id, author, ...order, ...tookOf(one, action, box.now()) }
  recall(box, note)
  await box.ledger.note(note)
  return { ok: true, entry }
}

/** Whether a viewer has done what this raffle asks for. */
function hasDone({ isOrder, raffles }, { raffle, said }, { data }, author) {
  const { entry = 'tap' } = raffle
  if (entry === 'word' || entry === 'question') return said.has(author)
  if (entry !== 'purchase') return true
  const order = orderOf(data)
  const isUsed = [...raffles.values()].some(({ entries }) =>
    [...entries.values()].some((known) => known.order === order),
  )
  return data.free === true || (order !== undefined && !isUsed && isOrder(order))
}

/** The number of an order, which counts for one entry. */
const orderOf = ({ order }) => (typeof order === 'string' && order.trim() ? order.trim().slice(0, 40) : undefined)

/**
 * How long a viewer took to tap, ms, counted from when the viewer could see it: the larger of what its page measured and of the
 * picture's own time since the opening, but never less than the server's time less {@link TRUST}.
 */
function tookOf({ raffle, openedAt }, { data, moment }, time) {
  if (raffle.entry !== 'first-tap') return {}
  const claims = [data.took, typeof moment === 'number' ? moment - openedAt : undefined].filter(Number.isFinite)
  const elapsed = time - openedAt
  const said = claims.length ? Math.max(0, ...claims) : elapsed
  return { took: Math.round(Math.max(Math.min(said, elapsed), elapsed - TRUST)) }
}

async function after(box, action, author) {
  for (const one of box.raffles.values()) {
    const { raffle, draw: drawn } = one
    const isWord =
      raffle.entry === 'word' && action.type === 'chat.send' && says(cleanText(action.data.text), raffle.word)
    const isQuestion = raffle.entry === 'question' && action.type === 'question.ask'
    if (drawn || !(isWord || isQuestion) || !isInTime(action, endOf(one), box.now())) continue
    one.said.add(author)
    await enter(box, { ...action, data: { id: raffle.id } }, author)
  }
}

const fold = (text) => text.normalize('NFKC').toLocaleLowerCase('und')

/** Whether a message has the word in it, as a word. */
const says = (text, word = '') =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .includes(fold(word))

async function claim(box, { data }, author) {
  const { id } = data
  const one = box.raffles.get(id)
  if (!one?.draw) return { ok: false, reason: 'unknown' }
  if (!one.draw.winners.includes(pseudonym(box, id, author))) return { ok: false, reason: 'not-allowed' }
  if (one.claims.has(author)) return { ok: false, reason: 'already' }
  if (box.now() > (one.draw.claimBy ?? Number.POSITIVE_INFINITY)) return { ok: false, reason: 'closed' }
  const { name, contact } = typeof data.fields === 'object' && data.fields ? data.fields : {}
  const fields = { name: cleanText(name).slice(0, 100), contact: cleanText(contact).slice(0, 200) }
  if (!fields.name || !fields.contact) return { ok: false, reason: 'empty' }
  const note = { kind: 'raffle.claim', id, author, fields }
  recall(box, note)
  await box.ledger.note(note)
  return { ok: true }
}

function draw(box, id) {
  const one = box.raffles.get(id)
  if (!one) return 'There is no such giveaway'
  if (one.draw) return 'It has been drawn already: there is only one draw'
  const wait = Math.ceil((endOf(one) + GRACE * 1000 - box.now()) / 1000)
  if (one.closedAt === undefined) return 'Entries are still open: close them first'
  if (wait > 0) return `Entries of viewers whose picture is behind are still counted, for ${wait} s`
  if (one.entries.size === 0) return 'Nobody has entered'
  const times = Object.fromEntries([...one.entries].map(([author, { took }]) => [pseudonym(box, id, author), took]))
  const entries = Object.keys(times).sort()
  const seed = box.seeds.get(id)
  const { prizes, entry } = one.raffle
  const fair = entry === 'first-tap' ? { times: entries.map((name) => times[name]) } : {}
  return { id, seed, entries, ...fair, winners: drawWinners({ seed, entries, prizes, ...fair }) }
}

function listed(box, { raffle, entries, claims, closedAt, draw: drawn }) {
  const claimed = Object.fromEntries([...claims].map(([author, fields]) => [pseudonym(box, raffle.id, author), fields]))
  return { ...raffle, entries: entries.size, closedAt, winners: drawn?.winners, claims: claimed }
}

async function tick(box) {
  const time = box.now()
  if (box.isBusy || time - box.toldAt < TELL_EVERY) return
  box.toldAt = time
  box.isBusy = true
  try {
    for (const [id, one] of box.raffles) {
      if (one.draw) continue
      if (one.entries.size !== one.told) await box.publish('raffle.update', { id, entries: one.entries.size })
      if (one.closedAt === undefined && time >= one.raffle.closesAt) await box.publish('raffle.close', { id })
    }
  } finally {
    box.isBusy = false
  }
}

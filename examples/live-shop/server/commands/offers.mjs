import { randomBytes } from 'node:crypto'
import { GRACE } from '../in-time.mjs'
import { known, localText, whole } from './read.mjs'
import { refuse } from './refuse.mjs'

/** What makes each kind of offer real where the host does not say: the shop's own price, a code, or its word. */
const HOW = { percent: 'sale', amount: 'sale', voucher: 'voucher', gift: 'note', delivery: 'note', bundle: 'note' }
/** Seconds from an offer's announcement to its opening, at most. */
const TEASE_LIMIT = 1800

/** What the host does with offers. */
export const offerCommands = {
  'open-offer': (context, data) => context.publish('offer.open', termsOf(context, data, context.now())),

  /** It opens by itself, `opensIn` seconds from now. */
  'announce-offer': (context, data) => {
    const wait = whole(data.opensIn, 3, TEASE_LIMIT, 'The time until it opens, in seconds,')
    return context.publish('offer.announce', termsOf(context, data, context.now() + wait * 1000))
  },

  /** Its end is moved later, and viewers are told so. */
  'extend-offer': ({ show, now, publish }, { id, seconds }) => {
    const { terms, isOpen } = running(show, id)
    if (!isOpen) refuse('It has not opened yet')
    if (now() >= terms.closesAt) refuse('Its time is over: an offer that has ended is not opened again')
    return publish('offer.open', { ...terms, closesAt: terms.closesAt + whole(seconds, 1, 3600, 'The seconds') * 1000 })
  },

  'close-offer': ({ show, publish }, { id }) => {
    running(show, id)
    return publish('offer.close', { id, reason: 'host' })
  },
}

function running(show, id) {
  const offer = show.facts.offers.get(id)
  if (!offer?.terms || offer.closed) refuse('This offer is closed already')
  return offer
}

/** The terms of an offer that opens at `opensAt`, ms; refused in words where they make no sense. */
function termsOf({ products }, data, opensAt) {
  const { kind = 'percent', title, text, seconds, productIds, quantity, perBuyer, forPresent } = data
  if (!Object.hasOwn(HOW, kind)) refuse('There is no such kind of offer')
  const how = data.how ?? HOW[kind]
  if (!['voucher', 'sale', 'note'].includes(how)) refuse('An offer is a voucher, a sale or a note')
  const ids = known(products, productIds ?? [], 6)
  if (ids.length === 0 && kind !== 'delivery' && kind !== 'gift') refuse('Choose a product for the offer')
  if (kind === 'bundle' && ids.length < 2) refuse('A bundle has at least two products')
  const count = optional(quantity, 100_000, 'The quantity')
  const words = localText(text, 140)
  return {
    id: `o-${randomBytes(6).toString('base64url')}`,
    kind,
    title: localText(title, 60) ?? refuse('Give the offer a title'),
    ...(words ? { text: words } : {}),
    ...worth(kind, data),
    productIds: ids,
    opensAt,
    closesAt: opensAt + lengthOf(seconds),
    grace: GRACE,
    ...(count === undefined ? {} : { quantity: count, remaining: count }),
    ...withKey('perBuyer', optional(perBuyer, 1000, 'The number per buyer')),
    ...(forPresent === true ? { forPresent: true } : {}),
    how,
  }
}

/** ms that an offer runs; one that would end before it starts is none. */
function lengthOf(seconds) {
  if (Number.isFinite(seconds) && seconds <= 0) refuse('An offer cannot end before it starts')
  return whole(seconds, 1, 3600, 'The length in seconds') * 1000
}

/** What is taken off or given. */
function worth(kind, { percentOff, amountOff, gift }) {
  if (kind === 'percent') return { percentOff: whole(percentOff, 1, 90, 'The percentage') }
  if (kind === 'amount') return { amountOff: cents(amountOff) }
  if (kind === 'voucher')
    return amountOff === undefined || amountOff === null
      ? { percentOff: whole(percentOff, 1, 90, 'The percentage') }
      : { amountOff: cents(amountOff) }
  if (kind === 'gift') return { gift: { title: localText(gift, 60) ?? refuse('Say what the gift is') } }
  return {}
}

const cents = (amount) => ({ amount: whole(amount, 1, 1_000_000, 'What is taken off, in cents,'), currency: 'EUR' })
const optional = (value, most, what) =>
  value === undefined || value === null ? undefined : whole(value, 1, most, what)
const withKey = (key, value) => (value === undefined ? {} : { [key]: value })

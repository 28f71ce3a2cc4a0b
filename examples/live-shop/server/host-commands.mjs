import { randomBytes } from 'node:crypto'
import { cleanText, lengthOf } from './clean-text.mjs'
import { GRACE } from './create-show.mjs'
import { quote } from './take-action.mjs'

const HOST_MESSAGE_LIMIT = 1000

/** A command that makes no sense; its message is for the host. */
class Refusal extends Error {}

const refuse = (message) => {
  throw new Refusal(message)
}

/**
 * What the host can do, each one host event or a few. `run` resolves once they are on disk. The same key again finds the
 * event that it wrote, even after a restart, and writes nothing.
 * @param {object} desk see `createDesk`
 */
export function createHostCommands(desk) {
  return {
    /**
     * @param {{ name: string, key: string, data?: Record<string, any> }} command
     * @returns {Promise<{ ok: true, event?: object } | { ok: false, message: string }>}
     */
    async run({ name, key, data = {} }) {
      if (!Object.hasOwn(COMMANDS, name)) return { ok: false, message: `There is no command "${name}"` }
      const id = `h-${key}`
      const { show } = desk
      const before = show.events.find((event) => event.id === id)
      if (before) return { ok: true, event: before }
      try {
        return { ok: true, event: await COMMANDS[name]({ ...desk, show, publish: publisher(show, id) }, data) }
      } catch (error) {
        if (error instanceof Refusal) return { ok: false, message: error.message }
        throw error
      }
    },
  }
}

const publisher = (show, id) => (type, data) => {
  if (show.facts.status === 'ended') refuse('The show has ended: start a new one')
  return show.publish(type, data, { id })
}

const COMMANDS = {
  pin: ({ products, publish }, { ids }) => publish('product.pin', { ids: known(products, ids, 3) }),
  unpin: ({ publish }) => publish('product.pin', { ids: [] }),

  'open-offer': ({ products, now, publish }, { title, percentOff, seconds, productIds, quantity }) => {
    const ids = known(products, productIds, 6)
    if (ids.length === 0) refuse('Choose a product for the offer')
    const at = now()
    const amount =
      quantity === undefined || quantity === null ? {} : { quantity: whole(quantity, 1, 100_000, 'The quantity') }
    return publish('offer.open', {
      id: `o-${randomBytes(6).toString('base64url')}`,
      kind: 'percent',
      title: localText(title, 60) ?? refuse('Give the offer a title'),
      percentOff: whole(percentOff, 1, 90, 'The percentage'),
      productIds: ids,
      opensAt: at,
      closesAt: at + whole(seconds, 1, 3600, 'The length in seconds') * 1000,
      grace: GRACE,
      ...amount,
      ...(amount.quantity ? { remaining: amount.quantity } : {}),
      how: 'sale',
    })
  },

  'close-offer': ({ show, publish }, { id }) => {
    const offer = show.facts.offers.get(id)
    if (!offer || offer.closed) refuse('This offer is closed already')
    return publish('offer.close', { id, reason: 'host' })
  },

  stock: ({ show, products, setStock, publish }, { id, variantId, count }) => {
    const product = products.find((one) => one.id === id)
    const variant = product?.variants.find((one) => one.id === variantId)
    if (!variant) refuse('This product has no such variant')
    const left = whole(count, 0, 100_000, 'The stock')
    setStock(id, variantId, left)
    const variants = { ...show.facts.stock.get(id)?.variants, [variantId]: left }
    return publish('product.stock', { id, variants })
  },

  say: ({ show, publish }, { text, replyTo }) => {
    const clean = cleanText(text)
    if (!clean) refuse('Write something first')
    if (lengthOf(clean) > HOST_MESSAGE_LIMIT) refuse(`At most ${HOST_MESSAGE_LIMIT} characters`)
    const quoted = quote(show, replyTo)
    const author = { id: 'host', name: show.hostName, role: 'host' }
    return publish('chat.message', { author, text: clean, ...(quoted ? { replyTo: quoted } : {}) })
  },

  delete: ({ show, publish }, { id }) => {
    if (!show.events.some((event) => event.id === id && event.type === 'chat.message'))
      refuse('There is no such message')
    return publish('chat.delete', { ids: [id] })
  },

  'chat-mode': ({ publish }, { mode, slowMode = 0 }) => {
    if (mode !== 'open' && mode !== 'closed') refuse('The chat is open or closed')
    return publish('chat.mode', { mode, slowMode: whole(slowMode, 0, 600, 'Slow mode') })
  },

  notice: ({ publish }, { text }) => publish('notice', { text: localText(text, 200) ?? '' }),

  pause: ({ show, publish }) => {
    if (show.facts.status !== 'live') refuse('The show is not live')
    return publish('show.state', { status: 'paused' })
  },
  resume: ({ show, publish }) => {
    if (show.facts.status !== 'paused') refuse('The show is not paused')
    return publish('show.state', { status: 'live' })
  },
  end: ({ show, endShow }) => {
    if (show.facts.status === 'ended') refuse('The show has ended already')
    return endShow()
  },
  'new-show': async ({ show, startShow }) => {
    if (show.facts.status !== 'ended') refuse('End this show first')
    await startShow()
  },
  autopilot: ({ autopilot }, { on }) => {
    autopilot.set(on === true)
  },
}

function known(products, ids, limit) {
  if (!Array.isArray(ids) || ids.length > limit || !ids.every((id) => products.some((product) => product.id === id))) {
    refuse('The shop has no such product')
  }
  return ids
}

function whole(value, least, most, what) {
  if (Number.isInteger(value) && value >= least && value <= most) return value
  return refuse(`${what} is a whole number from ${least} to ${most}`)
}

/** A text, or one per language; `undefined` where nothing is left of it. */
function localText(text, limit) {
  if (typeof text === 'object' && text) {
    const pairs = Object.entries(text).map(([language, words]) => [language, cleanText(words)])
    return pairs.length &&
      pairs.every(([language, words]) => /^[a-z]{2}$/.test(language) && words && lengthOf(words) <= limit)
      ? Object.fromEntries(pairs)
      : undefined
  }
  const clean = cleanText(text)
  return clean && lengthOf(clean) <= limit ? clean : undefined
}

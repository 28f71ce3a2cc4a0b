import { randomUUID } from 'node:crypto'

const openRaffle = (show) => show.raffles.list().findLast(({ closedAt }) => closedAt === undefined)?.id
const drawnRaffle = (show) => show.raffles.list().findLast(({ winners }) => winners)?.id
const openVoucher = (show) =>
  [...show.facts.offers].findLast(([, { terms, isOpen, closed }]) => terms?.how === 'voucher' && isOpen && !closed)?.[0]
const messageOf = (show, name) =>
  show.events.findLast(({ type, data }) => type === 'chat.message' && data.author.name === name)?.id
const questionAbout = (show, product) =>
  show.questions.list().find(({ productId, isAnswered }) => productId === product && !isAnswered)?.id

const says = (at, guest, text) => ({ at, guest, type: 'chat.send', data: { text } })
const asks = (at, guest, text, productId) => ({ at, guest, type: 'question.ask', data: { text, productId } })
const votesFor = (at, guest, product) => ({
  ...{ at, guest, type: 'question.vote' },
  data: (show) => withId(questionAbout(show, product)),
})
const picks = (at, guest, option) => ({
  ...{ at, guest, type: 'poll.vote' },
  data: (show) => withId(show.polls.open().at(-1)?.id, { option }),
})
const enters = (at, guest, more) => ({
  ...{ at, guest, type: 'raffle.enter' },
  data: (show) => withId(openRaffle(show), more),
})
const claimsCode = (at, guest) => ({ at, guest, type: 'voucher.claim', data: (show) => withId(openVoucher(show)) })
const withId = (id, more = {}) => id && { id, ...more }

/** Whoever of the guests has won says so where the prize goes; the desk refuses the others. */
const claims = (at) =>
  ['Tom', 'Noor', 'Sofia', 'Марина'].map((guest) => ({
    ...{ at, guest, type: 'raffle.claim' },
    data: (show) => withId(drawnRaffle(show), { fields: { name: guest, contact: `${guest}@guests.example` } }),
  }))

/**
 * What scripted viewers do while the scripted host plays, each as a viewer's page would send it: the second of the script, who, the type of
 * the action and its data, or a function of the show that gives it; where that gives nothing, nothing is done. `buys`: an order of the shop
 * that the buyer lets the show tell of; its number goes with that guest's entry by purchase.
 */
export const GUEST_SCRIPT = [
  says(6, 'Sofia', 'Hello from Tallinn!'),
  asks(8, 'Noor', 'Does the camel match a black bag?', 'coat'),
  enters(9, 'Tom'),
  enters(11, 'Noor'),
  { at: 14, guest: 'Noor', type: 'host.follow', data: { follows: true } },
  { at: 17, guest: 'Sofia', type: 'reaction.send', data: { count: 8 } },
  asks(26, 'Tom', 'Is there a decaf of it?', 'coffee'),
  votesFor(28, 'Noor', 'coffee'),
  votesFor(30, 'Sofia', 'coffee'),
  says(31, 'Gold4U', 'cheap gold, message me'),
  { at: 33, guest: 'Tom', type: 'message.report', data: (show) => withId(messageOf(show, 'Gold4U')) },
  ...claims(37),
  says(53, 'Tom', 'mug!'),
  says(56, 'Sofia', 'MUG please 😍'),
  says(60, 'Марина', 'А mug бывает большая?'),
  picks(70, 'Tom', 'a1'),
  picks(73, 'Noor', 'a3'),
  picks(76, 'Sofia', 'a1'),
  picks(80, 'Tom', 'a2'),
  ...claims(84),
  asks(94, 'Noor', 'Does the glaze differ from cup to cup?', 'mug'),
  asks(97, 'Kay', 'Who wins the football tonight?'),
  asks(101, 'Марина', 'Стойкая? До вечера хватит?', 'lipstick'),
  says(104, 'Sofia', 'Which one is clay?'),
  claimsCode(116, 'Sofia'),
  claimsCode(119, 'Tom'),
  ...claims(127),
  enters(130, 'Noor'),
  enters(134, 'Марина'),
  { at: 146, guest: 'Tom', type: 'reaction.send', data: { count: 12 } },
  claimsCode(172, 'Noor'),
  { at: 176, guest: 'Tom', buys: { productId: 'coffee', place: 'Tartu' } },
  ...claims(187),
  picks(203, 'Noor', 'a2'),
  { at: 204, guest: 'Марина', buys: { productId: 'mug', place: 'Казань' } },
  enters(206, 'Марина', { order: true }),
  picks(208, 'Tom', 'a1'),
  enters(211, 'Noor', { free: true }),
  says(234, 'Sofia', 'Bye Mira 👋'),
  ...claims(244),
]

/**
 * The scripted viewers of one desk: they go through the same door as everyone else, under ids that nobody can name.
 * @param {{ take: Function, order: (what: { productId: string, place?: string, isShown: boolean }) => Promise<string | undefined> }} doors
 *   `take`: see `createActions`; `order`: places an order and gives its number
 */
export function createGuests({ take, order }) {
  const guests = new Map()
  const guestOf = (name) => {
    const guest = guests.get(name) ?? { id: randomUUID() }
    guests.set(name, guest)
    return guest
  }
  return {
    /** Does what a line of {@link GUEST_SCRIPT} says. @returns {Promise<{ ok: boolean } | undefined>} `undefined`: there was nothing to do */
    async act(show, { guest: name, type, data, buys }) {
      const guest = guestOf(name)
      if (buys) {
        guest.order = await order({ ...buys, isShown: true })
        return { ok: guest.order !== undefined }
      }
      const given = typeof data === 'function' ? data(show) : data
      if (!given) return undefined
      const number = given.order === true ? { order: guest.order } : {}
      const action = { type, key: randomUUID(), data: { ...given, ...number, guest: guest.id, name } }
      return take(action, { name: 'scripted guests' })
    },
  }
}

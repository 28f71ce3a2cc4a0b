import { randomBytes } from 'node:crypto'
import { addressOf, localText, whole } from './read.mjs'
import { refuse } from './refuse.mjs'

/** Where this shop's rules are, and who is behind them. */
const RULES = '/giveaway-rules'
const ORGANISER = { en: 'Aster & Oak, a demo shop', ru: '«Астер и Дуб», демонстрационный магазин' }
const ENTRIES = ['tap', 'word', 'question', 'purchase', 'first-tap']
const HOUR = 3_600_000

/** What the host does with giveaways. */
export const raffleCommands = {
  'open-raffle': async ({ show, now, publish }, data) => {
    const { title, prize, image, prizes = 1, seconds, entry = 'tap', word, freeRoute } = data
    if (!ENTRIES.includes(entry)) refuse('There is no such way to enter')
    if (show.raffles.list().some(({ closedAt }) => closedAt === undefined))
      refuse('One giveaway at a time: close the entries of the open one')
    const id = `r-${randomBytes(6).toString('base64url')}`
    const raffle = {
      id,
      title: localText(title, 80) ?? refuse('Say what is given away'),
      organiser: ORGANISER,
      rulesUrl: RULES,
      prizes: whole(prizes, 1, 100, 'The number of prizes'),
      ...prizeOf(prize, image),
      ...(entry === 'word' ? { word: wordOf(word) } : {}),
      ...(entry === 'purchase'
        ? { freeRoute: localText(freeRoute, 200) ?? refuse('Say how to enter without buying: the law asks for it') }
        : {}),
      entry,
      closesAt: now() + whole(seconds, 5, 3600, 'The length in seconds') * 1000,
    }
    return publish('raffle.open', { ...raffle, seedHash: await show.raffles.seal(id) })
  },

  'close-raffle': ({ show, publish }, { id }) => {
    const raffle = show.raffles.list().find((one) => one.id === id)
    if (!raffle || raffle.closedAt !== undefined) refuse('Its entries are closed already')
    return publish('raffle.close', { id })
  },

  /** `hours`: how long a winner has to claim. */
  'draw-raffle': ({ show, now, publish }, { id, hours = 48 }) => {
    const drawn = show.raffles.draw(id)
    if (typeof drawn === 'string') refuse(drawn)
    return publish('raffle.draw', { ...drawn, claimBy: now() + whole(hours, 1, 720, 'The hours to claim') * HOUR })
  },
}

/** What is given away, with a picture of it or without. */
function prizeOf(prize, image) {
  const title = localText(prize, 80)
  if (!title) return {}
  return { prize: { title, ...(image ? { image: addressOf(image, 'The address of the picture') } : {}) } }
}

function wordOf(word) {
  const clean = localText(word, 20)
  if (typeof clean !== 'string' || /\s/u.test(clean)) refuse('The word to write is one word')
  return clean
}

import type { EventData, EventType } from '../../src/model/event.ts'
import { drawRaffle, hashSeed } from '../../src/state/draw-raffle.ts'
import { NOTHING_MINE } from '../../src/state/mine.ts'
import type { OfferView } from '../../src/state/offer-view.ts'
import { emptyRoom, fold, type Room } from '../../src/state/room.ts'
import { demoOffer, NOW, type StoreValues } from './ui-harness.tsx'

type Scene = Partial<StoreValues>
type Told = { readonly [T in EventType]: readonly [type: T, data: EventData[T], secondsAgo?: number] }[EventType]

const audience = { count: 1284, likes: 9310 }

/** A room that was told this, one after the other; each so many seconds before {@link NOW} (absent: 5). */
export const roomOf = (...told: readonly Told[]): Room =>
  [['audience.count', audience] satisfies Told, ...told].reduce(
    (room, [type, data, ago = 5], index) =>
      fold(room, { v: 1, epoch: 'e', seq: index + 1, id: `t${index}`, at: NOW - ago * 1000, type, data }),
    emptyRoom(),
  )

const poll = {
  id: 'p1',
  question: { en: 'Which mug do I fire next week?', ru: 'Какую кружку обжечь на следующей неделе?' },
  options: [
    { id: 'moss', label: { en: 'Moss', ru: 'Мох' } },
    { id: 'sand', label: { en: 'Sand', ru: 'Песок' } },
    { id: 'night', label: { en: 'Night blue, with a white rim', ru: 'Ночная синева с белым краем' } },
  ],
  closesAt: NOW + 42_000,
} satisfies EventData['poll.open']

const votes = { moss: 212, sand: 87, night: 341 }

const quiz = {
  id: 'q1',
  question: { en: 'How hot does the kiln get?', ru: 'Как сильно нагревается печь?' },
  options: [
    { id: 'a', label: '850 °C' },
    { id: 'b', label: '1 240 °C' },
    { id: 'c', label: '1 600 °C' },
  ],
  quiz: true,
} satisfies EventData['poll.open']

const card = {
  id: 'k1',
  title: { en: 'Come and throw your own: Saturday class', ru: 'Слепите свою: мастер-класс в субботу' },
  text: { en: 'Workshop', ru: 'Мастерская' },
  url: '/workshop',
  label: { en: 'See dates', ru: 'Даты' },
} satisfies EventData['card.show']

const offer = (id: string, terms: Partial<OfferView['terms']>, more: Partial<OfferView> = {}): OfferView => ({
  ...demoOffer,
  id,
  remaining: demoOffer.terms.remaining,
  ...more,
  terms: { ...demoOffer.terms, id, ...terms },
})

const voucher = offer('o2', {
  kind: 'voucher',
  title: { en: 'Clay week code', ru: 'Промокод «Неделя глины»' },
  percentOff: 20,
  text: { en: 'Off both mugs', ru: 'На обе кружки' },
  perBuyer: 1,
  how: 'voucher',
})
const gift = offer(
  'o3',
  {
    kind: 'gift',
    title: { en: 'A brush for everyone here', ru: 'Кисть каждому, кто в эфире' },
    percentOff: undefined,
    gift: { title: { en: 'goat-hair brush', ru: 'кисть из козьего ворса' } },
    forPresent: true,
    productIds: [],
    how: 'voucher',
    quantity: undefined,
    perBuyer: undefined,
  },
  { seconds: 121, left: 0.8, remaining: undefined },
)
const extended = offer(
  'o1',
  { how: 'sale', quantity: 40, closesAt: NOW + 134_000 },
  { extendedFrom: NOW + 74_000, seconds: 134, left: 0.74, remaining: 3, isLow: true },
)
const soon = offer(
  'o4',
  { kind: 'amount', percentOff: undefined, amountOff: { amount: 500, currency: 'EUR' }, how: 'sale' },
  { stage: 'announced', seconds: 28, left: 1 },
)
const codes = { o2: { code: 'VOUCHER-7KQ2MX', until: NOW + 3_600_000 } }

const raffle = {
  id: 'r1',
  title: { en: 'Three mugs from today’s kiln', ru: 'Три кружки из сегодняшней печи' },
  organiser: { en: 'Kaamos Store OÜ', ru: 'ООО «Каамос»' },
  rulesUrl: '/giveaway-rules',
  prizes: 3,
  prize: { title: { en: 'Two-glaze mug', ru: 'Кружка в две глазури' }, image: '/images/mug-moss.svg' },
  closesAt: NOW + 95_000,
  seedHash: hashSeed('the seed'),
} satisfies EventData['raffle.open']
const entries = ['3f9a02c41d', '77b1e0a5c2', '0d4e8812fa', 'c91f5b6630', 'a8e07d29b4', '51c3f6e98d']
const winners = drawRaffle({ seed: 'the seed', entries, prizes: 3 })
const won = { ...NOTHING_MINE, entries: { r1: winners[1] ?? '' } }
const lost = { ...NOTHING_MINE, entries: { r1: entries.find((one) => !winners.includes(one)) ?? '' } }
const opened: Told = ['raffle.open', raffle, 30]
const counted: Told = ['raffle.update', { id: 'r1', entries: 1204 }]
const drawn: Told = ['raffle.draw', { id: 'r1', seed: 'the seed', entries, winners, claimBy: NOW + 172_800_000 }]
const raffleSheet = { $sheet: { name: 'raffle', id: 'r1' } } satisfies Scene

const voted: Scene = {
  $room: roomOf(['poll.open', poll], ['poll.update', { id: 'p1', votes }]),
  $mine: { ...NOTHING_MINE, votes: { p1: 'night' } },
}

/** What a viewer can take part in, in each state that is worth a look. */
export const joinScenes: Readonly<Record<string, Scene>> = {
  poll: { $room: roomOf(['poll.open', poll], ['poll.update', { id: 'p1', votes }]) },
  'poll-sheet': {
    $room: roomOf(['poll.open', poll], ['poll.update', { id: 'p1', votes }]),
    $sheet: { name: 'poll', id: 'p1' },
  },
  'poll-voted': { ...voted, $sheet: { name: 'poll', id: 'p1' } },
  'quiz-right': {
    $room: roomOf(['poll.open', quiz], ['poll.close', { id: 'q1', votes: { a: 120, b: 310, c: 44 }, correct: 'b' }]),
    $mine: { ...NOTHING_MINE, votes: { q1: 'b' } },
  },
  'quiz-sheet': {
    $room: roomOf(['poll.open', quiz], ['poll.close', { id: 'q1', votes: { a: 120, b: 310, c: 44 }, correct: 'b' }]),
    $mine: { ...NOTHING_MINE, votes: { q1: 'c' } },
    $sheet: { name: 'poll', id: 'q1' },
  },
  call: {
    $room: roomOf(['card.show', card], ['poll.open', poll, 90], ['poll.open', quiz, 60]),
    $mine: { ...NOTHING_MINE, votes: { p1: 'moss', q1: 'a' } },
  },
  raffle: { $room: roomOf(opened, counted) },
  'raffle-sheet': { $room: roomOf(opened, counted), ...raffleSheet },
  'raffle-in': { $room: roomOf(opened, counted), $mine: lost, ...raffleSheet },
  'raffle-word': { $room: roomOf(['raffle.open', { ...raffle, entry: 'word', word: 'MUG' }], counted), ...raffleSheet },
  'raffle-order': {
    $room: roomOf(
      [
        'raffle.open',
        {
          ...raffle,
          entry: 'purchase',
          freeRoute: { en: 'Or tap “without buying” below.', ru: 'Или нажмите «без покупки».' },
        },
      ],
      counted,
    ),
    ...raffleSheet,
  },
  'raffle-tap': { $room: roomOf(['raffle.open', { ...raffle, entry: 'first-tap' }]) },
  'raffle-won': { $room: roomOf(opened, counted, drawn), $mine: won },
  'raffle-claim': { $room: roomOf(opened, counted, drawn), $mine: won, ...raffleSheet },
  'raffle-lost': { $room: roomOf(opened, counted, drawn), $mine: lost, ...raffleSheet },
  'offer-soon': { $offers: [soon] },
  'offer-low': { $offers: [extended] },
  'offer-voucher': { $offers: [voucher, gift, soon] },
  'offer-sheet': { $offers: [voucher, gift, soon], $sheet: { name: 'offer', id: 'o2' } },
  'offer-moved': { $offers: [extended], $sheet: { name: 'offer', id: 'o1' } },
  'offer-code': { $offers: [voucher], $mine: { ...NOTHING_MINE, codes }, $sheet: { name: 'offer', id: 'o2' } },
  'offer-cart': { $offers: [demoOffer], $sheet: { name: 'cart' } },
  'offer-product': { $offers: [demoOffer, voucher], $sheet: { name: 'product', id: 'mug' } },
  'offer-products': { $offers: [demoOffer], $sheet: { name: 'products' } },
  'call-alone': { $room: roomOf(['card.show', card]) },
}

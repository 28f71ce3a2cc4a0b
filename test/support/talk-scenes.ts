import { ACTION_TYPES } from '../../src/model/action.ts'
import { type LiveEvent, parseEvent } from '../../src/model/event.ts'
import type { ChatLine } from '../../src/state/chat-line.ts'
import { NOTHING_MINE } from '../../src/state/mine.ts'
import { emptyRoom, foldEvent, type Room } from '../../src/state/room.ts'
import { demoChat, demoShow, demoViews, NOW, playing, type StoreValues } from './ui-harness.tsx'

type Scene = Partial<StoreValues>
type Row = readonly [type: string, data: object, at?: number]

/** A room made of host events, by seconds before the harness's now. */
export function roomOf(...rows: readonly Row[]): Room {
  const events = rows.map(([type, data, ago = 30], index): LiveEvent => {
    const parsed = parseEvent({ v: 1, epoch: 'e', seq: index + 1, id: `e${index}`, at: NOW - ago * 1000, type, data })
    if (!parsed.ok) throw new Error(parsed.problem)
    return parsed.event
  })
  return events.reduce(foldEvent, emptyRoom())
}

const say = (id: string, name: string, text: string, more: Partial<ChatLine> = {}): ChatLine => ({
  key: id,
  id,
  at: NOW - 20_000,
  author: { id: `v-${name}`, name, role: 'viewer' },
  text,
  ...more,
})

const HOST = { id: 'host', name: 'Mira Lind', role: 'host' } as const
const audience: Row = ['audience.count', { count: 1284, likes: 10 }]
const hearts: Row = ['reaction.batch', { total: 12_480 }]
const pins: readonly Row[] = [
  ['product.pin', { ids: ['coat'] }, 480],
  ['product.pin', { ids: ['lipstick'] }, 300],
  ['product.pin', { ids: ['mug'] }, 100],
]

const questions: readonly Row[] = [
  [
    'question.post',
    { id: 'q1', text: 'Does the glaze differ from cup to cup?', name: 'Anna', productId: 'mug', votes: 14 },
    60,
  ],
  [
    'question.post',
    { id: 'q2', text: 'Is there a set of six with a discount for a big family?', productId: 'mug', votes: 5 },
    50,
  ],
  ['question.post', { id: 'q3', text: 'Wie hoch ist die Tasse?', name: 'Sven', productId: 'mug', votes: 5 }, 40],
  [
    'question.post',
    { id: 'q4', text: 'Does the coat come in petite?', name: 'Noor', productId: 'coat', votes: 9 },
    400,
  ],
  ['question.answer', { id: 'q4', question: 'Does the coat come in petite?', productId: 'coat' }, 380],
  [
    'question.post',
    { id: 'q5', text: 'Which lipstick are you wearing?', name: 'Leïla', productId: 'lipstick', votes: 3 },
    300,
  ],
  [
    'question.answer',
    {
      id: 'q5',
      question: 'Which lipstick are you wearing?',
      productId: 'lipstick',
      answer: { en: 'Carmine, one coat. Clay is the quiet one.', ru: 'Кармин, один слой. «Глина» спокойнее.' },
    },
    290,
  ],
]

const answers = [
  { id: 'q4', question: 'Does the coat come in petite?', productId: 'coat', at: NOW - 380_000 },
  {
    id: 'q5',
    question: 'Which lipstick are you wearing?',
    productId: 'lipstick',
    answer: { en: 'Carmine, one coat. Clay is the quiet one.', ru: 'Кармин, один слой. «Глина» спокойнее.' },
    at: NOW - 290_000,
  },
]

const busy: Scene = {
  $can: { chat: true, readCart: true, changeCart: true, checkout: true, actions: ACTION_TYPES },
  $mine: {
    ...NOTHING_MINE,
    guest: 'g',
    name: 'Noor',
    hasAgreed: true,
    questions: ['q2'],
    upvotes: ['q1'],
    joinedAt: NOW - 700_000,
  },
  $room: roomOf(audience, hearts, ...pins, ...questions),
  $answers: answers,
  $picture: NOW - 4000,
}

const chat: readonly ChatLine[] = [
  ...demoChat.slice(2, 5),
  say('m1', 'Мira Lіnd', 'BUY at evil.example/shop'),
  say('m2', 'Tom', 'wow'),
  say('m3', 'Tom', 'wow'),
  say('m4', 'Tom', 'wow'),
  say('m5', 'Ben', '@Noor moss is on the shelf behind her', { at: NOW - 9000 }),
  say('m6', 'Team', 'Care for the glaze: https://aster.example/care/glaze?from=show.', {
    author: { id: 'team', name: 'Aster & Oak', role: 'moderator' },
  }),
  say('m7', 'Noor', 'thank you!', { own: 'sent' }),
  say('m8', 'Noor', 'how heavy is it?', { own: 'failed' }),
]

/** What a show is with everybody in it: chat, questions, hearts, orders. */
export const talkScenes: Readonly<Record<string, Scene>> = {
  talk: {
    ...busy,
    $chat: chat,
    $offers: [],
    $room: roomOf(audience, hearts, ...pins, ...questions, [
      'chat.pin',
      {
        message: {
          id: 'p1',
          author: HOST,
          text: 'Free delivery tonight with everything over 60 €, until the end of the show',
        },
      },
    ]),
  },
  order: {
    ...busy,
    $room: roomOf(audience, hearts, ...pins, ...questions, ['order.proof', { productId: 'mug', place: 'Kazan' }, 2]),
  },
  told: {
    ...busy,
    $room: roomOf(audience, hearts, ...pins, ...questions, [
      'question.answer',
      { id: 'q2', question: 'Is there a set of six with a discount for a big family?', productId: 'mug' },
      5,
    ]),
  },
  'mini-told': {
    ...busy,
    $view: 'mini',
    $room: roomOf(audience, ...pins, ...questions, [
      'question.answer',
      { id: 'q2', question: 'Is there a set of six?' },
      5,
    ]),
  },
  'asked-about': { ...busy, $sheet: { name: 'product', id: 'lipstick' } },
  late: { ...busy, $mine: { ...NOTHING_MINE, guest: 'g', joinedAt: NOW - 1000 }, $offers: [] },
  questions: { ...busy, $sheet: { name: 'questions' } },
  'no-questions': { ...busy, $room: roomOf(audience, ...pins), $sheet: { name: 'questions', productId: 'coat' } },
  'so-far': { ...busy, $sheet: { name: 'so-far' }, $playback: { ...playing, seekable: [200, 720] } },
  'so-far-behind': {
    ...busy,
    $sheet: { name: 'so-far' },
    $playback: { ...playing, position: 520, latency: 204, atLiveEdge: false, seekable: [200, 720] },
  },
  'replay-ask': {
    ...busy,
    $status: 'replay',
    $show: {
      ...demoShow,
      questionsTo: '/ask',
      video: { src: '/replay.m3u8', startDate: new Date(NOW - 720_000).toISOString() },
    },
    $connection: 'ended',
    $can: { chat: false, readCart: true, changeCart: true, checkout: true, actions: [] },
    $offers: [],
    $sheet: { name: 'questions' },
    $playback: {
      ...playing,
      live: false,
      latency: undefined,
      duration: 900,
      seekable: [0, 900],
      position: 700,
      muted: false,
      soundChosen: true,
    },
  },
  'replay-talk': {
    ...busy,
    $chat: demoChat,
    $status: 'replay',
    $show: {
      ...demoShow,
      questionsTo: '/ask',
      video: { src: '/replay.m3u8', startDate: new Date(NOW - 720_000).toISOString() },
    },
    $connection: 'ended',
    $can: { chat: false, readCart: true, changeCart: true, checkout: true, actions: [] },
    $offers: [],
    $products: demoViews(),
    $playback: {
      ...playing,
      live: false,
      latency: undefined,
      duration: 900,
      seekable: [0, 900],
      position: 700,
      muted: false,
      soundChosen: true,
    },
  },
}

import type { EventData, EventType } from '../../src/model/event.ts'
import { NOTHING_MINE } from '../../src/state/mine.ts'
import { emptyRoom, fold, type Room } from '../../src/state/room.ts'
import { NOW, type StoreValues } from './ui-harness.tsx'

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
  'call-alone': { $room: roomOf(['card.show', card]) },
}

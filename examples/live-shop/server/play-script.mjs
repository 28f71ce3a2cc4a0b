import { GIVEAWAYS } from './giveaway-script.mjs'

/** Seconds after which the script begins anew: four turns of the video. */
export const SCRIPT_SECONDS = 256

const openQuestion = (show, isIt = () => true) =>
  show.questions.list().find((question) => !question.isAnswered && isIt(question))?.id
/** The open question with the most votes. */
const topQuestion = (show) => ({ id: openQuestion(show) })
/** What somebody wrote last, `undefined` where nothing did. */
const messageOf = (show, name) =>
  show.events.findLast(({ type, data }) => type === 'chat.message' && data.author.name === name)?.id
const openPoll = (show) => ({ id: show.polls.open().at(-1)?.id })
const openOffer = (show, kind) => ({
  id: [...show.facts.offers].findLast(([, { terms, closed }]) => terms?.kind === kind && !closed)?.[0],
})
const lastOwnMessage = (show) => ({
  id: show.events.findLast(({ type, seq }) => type === 'chat.message' && seq !== undefined)?.id,
})

/**
 * What the scripted host does beside pinning and talking, so that every feature of a show is seen within five minutes: the second of
 * the script, the command and its data. `data` may be a function of the show; where it gives `undefined` or no id, nothing is done.
 * What viewers do meanwhile is in `guest-script.mjs`.
 */
export const SCRIPT = [
  ...GIVEAWAYS,
  {
    at: 20,
    command: 'open-offer',
    data: {
      kind: 'delivery',
      title: { en: 'Delivery on us', ru: 'Доставка за наш счёт' },
      productIds: [],
      seconds: 30,
    },
  },
  { at: 36, command: 'delete', data: (show) => ({ id: messageOf(show, 'Gold4U') }) },
  { at: 38, command: 'mute', data: (show) => ({ id: messageOf(show, 'Gold4U') }) },
  { at: 40, command: 'extend-offer', data: (show) => ({ ...openOffer(show, 'delivery'), seconds: 20 }) },
  { at: 42, command: 'chat-mode', data: { mode: 'open', slowMode: 5 } },
  {
    at: 44,
    command: 'say',
    data: {
      as: 'moderator',
      text: 'An advert is gone; one message in 5 s for a while. Sizes: https://example.com/sizes',
    },
  },
  { at: 46, command: 'pin-message', data: lastOwnMessage },
  { at: 58, command: 'answer-question', data: topQuestion },
  {
    at: 66,
    command: 'open-poll',
    data: {
      question: { en: 'Which glaze do I fire next?', ru: 'Какую глазурь обжечь следующей?' },
      options: [
        { en: 'Moss', ru: 'Мох' },
        { en: 'Sand', ru: 'Песок' },
        { en: 'Night blue', ru: 'Ночная синева' },
      ],
      seconds: 40,
      change: true,
    },
  },
  {
    at: 84,
    command: 'announce-offer',
    data: {
      kind: 'amount',
      amountOff: 300,
      title: { en: 'Three euros for your lips', ru: 'Минус три евро на помаду' },
      productIds: ['lipstick'],
      opensIn: 15,
      seconds: 40,
      quantity: 20,
      perBuyer: 2,
    },
  },
  { at: 88, command: 'chat-mode', data: { mode: 'open', slowMode: 0 } },
  { at: 96, command: 'close-poll', data: openPoll },
  { at: 100, command: 'unpin-message', data: {} },
  { at: 106, command: 'stock', data: { id: 'lipstick', variantId: 'lipstick-clay', count: 3 } },
  {
    at: 110,
    command: 'say',
    data: (show) =>
      messageOf(show, 'Sofia') && { text: 'Here it is again, in daylight.', replyTo: messageOf(show, 'Sofia') },
  },
  {
    at: 112,
    command: 'open-offer',
    data: {
      kind: 'voucher',
      percentOff: 20,
      title: { en: 'A code for your kitchen', ru: 'Промокод для кухни' },
      productIds: ['coffee', 'mug'],
      quantity: 50,
      seconds: 60,
    },
  },
  {
    at: 116,
    command: 'hide-question',
    data: (show) => ({ id: openQuestion(show, ({ text }) => text.includes('football')) }),
  },
  {
    at: 132,
    command: 'answer-question',
    data: (show) => ({
      id: openQuestion(show, ({ productId }) => productId === 'mug'),
      text: { en: 'It does. No two are the same.', ru: 'Да, двух одинаковых нет.' },
    }),
  },
  { at: 140, command: 'answer-question', data: topQuestion },
  {
    at: 150,
    command: 'show-card',
    data: {
      title: { en: 'Throw your own: Saturday class', ru: 'Слепите свою: мастер-класс в субботу' },
      text: { en: 'Workshop', ru: 'Мастерская' },
      label: { en: 'See dates', ru: 'Даты' },
      url: '/visit',
    },
  },
  { at: 160, command: 'stock', data: { id: 'lipstick', variantId: 'lipstick-clay', count: 22 } },
  {
    at: 162,
    command: 'notice',
    data: { text: { en: 'Until 20:00 we pack today', ru: 'До 20:00 упакуем сегодня' } },
  },
  {
    at: 168,
    command: 'open-offer',
    data: {
      kind: 'gift',
      how: 'voucher',
      forPresent: true,
      gift: { en: 'a goat-hair brush', ru: 'кисть из козьего ворса' },
      title: { en: 'A brush for everyone here', ru: 'Кисть каждому, кто в эфире' },
      productIds: [],
      seconds: 45,
    },
  },
  { at: 180, command: 'notice', data: { text: '' } },
  { at: 188, command: 'unmute', data: (show) => show.crowd.muted().find(({ name }) => name === 'Gold4U') },
  { at: 190, command: 'pause', data: {} },
  { at: 195, command: 'resume', data: {} },
  {
    at: 198,
    command: 'open-poll',
    data: {
      question: { en: 'How hot does the kiln get?', ru: 'Как сильно нагревается печь?' },
      options: ['850 °C', '1 240 °C', '1 600 °C'],
      quiz: true,
      correct: 1,
      seconds: 25,
    },
  },
  { at: 206, command: 'hide-card', data: (show) => ({ id: [...show.facts.cards.keys()].at(-1) }) },
  { at: 220, command: 'answer-question', data: topQuestion },
  {
    at: 226,
    command: 'open-offer',
    data: {
      kind: 'bundle',
      title: { en: 'Mug and coffee together', ru: 'Кружка и кофе вместе' },
      text: { en: '35 € for both, counted at the checkout', ru: '35 € за обе вещи, при оформлении' },
      productIds: ['mug', 'coffee'],
      seconds: 40,
    },
  },
  { at: 250, command: 'close-offer', data: (show) => openOffer(show, 'bundle') },
  { at: 253, command: 'unpin', data: {} },
].sort((one, other) => one.at - other.at)

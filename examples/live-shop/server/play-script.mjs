/** Seconds after which the script begins anew: four turns of the video. */
export const SCRIPT_SECONDS = 256

/** The open question with the most votes. */
const topQuestion = (show) => ({ id: show.questions.list().find(({ isAnswered }) => !isAnswered)?.id })
const lastOwnMessage = (show) => ({
  id: show.events.findLast(({ type, seq }) => type === 'chat.message' && seq !== undefined)?.id,
})
const openRaffle = (show) => show.raffles.list().findLast(({ winners, closedAt }) => closedAt !== undefined && !winners)

/**
 * What the scripted host does beside pinning and talking, so that every feature of a show is seen within five minutes: the second of
 * the script, the command and its data. `data` may be a function of the show; where it gives nothing, nothing is done.
 */
export const SCRIPT = [
  {
    at: 4,
    command: 'open-raffle',
    data: {
      title: { en: 'Quick hands: one mug, the first tap wins', ru: 'Кто быстрее: кружка первому нажавшему' },
      prize: { en: 'Two-glaze mug', ru: 'Кружка в две глазури' },
      prizes: 1,
      seconds: 12,
      entry: 'first-tap',
    },
  },
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
  { at: 34, command: 'draw-raffle', data: (show) => ({ id: openRaffle(show)?.id }) },
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
  { at: 100, command: 'unpin-message', data: {} },
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
    at: 124,
    command: 'open-raffle',
    data: {
      title: { en: 'Three mugs from today’s kiln', ru: 'Три кружки из сегодняшней печи' },
      prize: { en: 'Two-glaze mug', ru: 'Кружка в две глазури' },
      prizes: 3,
      seconds: 40,
      entry: 'tap',
    },
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
  { at: 184, command: 'draw-raffle', data: (show) => ({ id: openRaffle(show)?.id }) },
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
]

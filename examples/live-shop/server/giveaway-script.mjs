const draw = (at) => ({
  ...{ at, command: 'draw-raffle' },
  data: (show) => ({
    id: show.raffles.list().findLast(({ winners, closedAt }) => closedAt !== undefined && !winners)?.id,
  }),
})

/** The scripted host's giveaways, one of each way to enter, one at a time; each is drawn once late entries have been counted. */
export const GIVEAWAYS = [
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
  draw(34),
  {
    at: 50,
    command: 'open-raffle',
    data: {
      title: { en: 'Write MUG in the chat: one of them is yours', ru: 'Напишите MUG в чате: кружка ваша' },
      prize: { en: 'Two-glaze mug', ru: 'Кружка в две глазури' },
      prizes: 1,
      seconds: 14,
      entry: 'word',
      word: 'MUG',
    },
  },
  draw(82),
  {
    at: 90,
    command: 'open-raffle',
    data: {
      title: { en: 'Ask me anything: one asker gets a brush', ru: 'Спросите о чём угодно: одному из вас кисть' },
      prize: { en: 'Goat-hair brush', ru: 'Кисть из козьего ворса' },
      prizes: 1,
      seconds: 18,
      entry: 'question',
    },
  },
  draw(125),
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
  {
    at: 156,
    command: 'close-raffle',
    data: (show) => ({ id: show.raffles.list().find(({ closedAt }) => closedAt === undefined)?.id }),
  },
  draw(184),
  {
    at: 200,
    command: 'open-raffle',
    data: {
      title: { en: 'Bought tonight? One order is on us', ru: 'Купили сегодня? Один заказ за наш счёт' },
      prizes: 1,
      seconds: 25,
      entry: 'purchase',
      freeRoute: {
        en: 'Tap “Take part without buying”: the chances are the same.',
        ru: 'Нажмите «Участвовать без покупки»: шансы те же.',
      },
    },
  },
  draw(242),
]

import { ease } from './brush.mjs'

/** What the host says: seconds from and to, in the two languages of the captions. The lips move by the same list. */
export const words = [
  {
    from: 0.8,
    to: 4.4,
    en: 'Hello and welcome! First, our winter coat.',
    ru: 'Здравствуйте! Начнём с зимнего пальто.',
  },
  {
    from: 4.8,
    to: 8.6,
    en: 'Soft Italian wool, and it falls just right.',
    ru: 'Мягкая итальянская шерсть и безупречная посадка.',
  },
  { from: 9, to: 10.3, en: 'Look at that collar.', ru: 'Посмотрите на воротник.' },
  {
    from: 11.6,
    to: 15.2,
    en: 'Next: a lipstick that lasts all evening.',
    ru: 'Дальше помада, которой хватает на весь вечер.',
  },
  {
    from: 15.6,
    to: 19.2,
    en: 'Satin, never sticky, six warm shades.',
    ru: 'Сатиновая, не липнет, шесть тёплых оттенков.',
  },
  { from: 19.5, to: 21, en: 'This one is my own.', ru: 'Этот оттенок ношу я сама.' },
  { from: 22.3, to: 26, en: 'Fresh coffee, roasted on Monday.', ru: 'Свежий кофе, обжарен в понедельник.' },
  { from: 26.4, to: 30, en: 'Chocolate, hazelnut, a little orange.', ru: 'Шоколад, фундук и немного апельсина.' },
  { from: 30.3, to: 31.6, en: 'You can almost smell it!', ru: 'Аромат почти слышно!' },
  { from: 33, to: 36.6, en: 'Now sit down: the moss armchair.', ru: 'А теперь присядем: кресло цвета мха.' },
  { from: 37, to: 40.6, en: 'A deep seat, solid oak legs.', ru: 'Глубокое сиденье, ножки из массива дуба.' },
  { from: 40.9, to: 42.3, en: 'I never want to get up.', ru: 'Вставать не хочется.' },
  { from: 43.6, to: 47.2, en: 'My favourite: a mug thrown by hand.', ru: 'Моя любимая: кружка ручной работы.' },
  { from: 47.6, to: 51.2, en: 'The glaze is different on every one.', ru: 'Глазурь на каждой ложится по-своему.' },
  { from: 51.5, to: 53, en: 'It keeps your tea warm.', ru: 'И чай долго не остывает.' },
  { from: 54.3, to: 57.8, en: 'And yes, we do sell cars tonight!', ru: 'И да, сегодня у нас есть и автомобиль!' },
  { from: 58.2, to: 61.6, en: 'Electric, five seats, a quiet ride.', ru: 'Электрический, пять мест, тихий ход.' },
  { from: 61.9, to: 63.6, en: 'Come and book a test drive.', ru: 'Приходите на тест-драйв.' },
]

/** How much the host speaks at a moment: 0 silent, 1 in the middle of a sentence. */
export const isSpeaking = (t) =>
  Math.max(...words.map(({ from, to }) => Math.min(ease((t - from) / 0.15), ease((to - t) / 0.25))))

const stamp = (seconds) => {
  const ms = Math.round(seconds * 1000)
  const two = (value) => String(value).padStart(2, '0')
  return `00:${two(Math.floor(ms / 60_000))}:${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`
}

/** The captions of one pass of the loop as WebVTT. */
export const captions = (language) =>
  `WEBVTT\n\n${words.map((cue) => `${stamp(cue.from)} --> ${stamp(cue.to)}\n${cue[language]}\n`).join('\n')}`

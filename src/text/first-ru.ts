import type { FirstPack } from './first-words.ts'

/** The words of the first paint in Russian; the rest is in `ru.ts`. */
export const firstRu = {
  'launcher.open': 'Смотреть эфир',
  'player.label': 'Прямой эфир с товарами',
  'player.close': 'Закрыть',
  'player.minimise': 'Свернуть',
  'stage.live': 'ЭФИР',
  'stage.replay': 'Запись',
  'stage.premiere': 'ПРЕМЬЕРА',
  'host.open': 'Подробнее: {name}',
  'stage.soon': 'Скоро',
  'stage.watching.one': '{count} зритель',
  'stage.watching.few': '{count} зрителя',
  'stage.watching.many': '{count} зрителей',
  'stage.watching.other': '{count} зрителя',
  'stage.mute': 'Выключить звук',
  'stage.unmute': 'Включить звук',
  'stage.sound': 'Включить звук',
  'stage.captions': 'Субтитры',
  'stage.waiting': 'Секунду…',
  'error.retry': 'Ещё раз',
  'chunk.failed': 'Эта часть не загрузилась.',
} as const satisfies FirstPack & Readonly<Record<string, string>>

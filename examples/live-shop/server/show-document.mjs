import { toShowProducts } from '../store/show-products.mjs'
import { ACTIONS, MESSAGE_LIMIT } from './take-action.mjs'

/** Who presents. */
export const HOST = {
  name: { en: 'Mira Lind', ru: 'Мира Линд' },
  avatar: '/images/host.svg',
  bio: { en: 'Founder of Aster & Oak', ru: 'Основательница «Астер и Дуб»' },
  url: '/',
}

const COMMON = {
  version: 1,
  title: { en: 'Six favourites, one hour', ru: 'Шесть любимых вещей за час' },
  description: {
    en: 'A coat, a lipstick, coffee, an armchair, a mug and, yes, a car.',
    ru: 'Пальто, помада, кофе, кресло, кружка и даже автомобиль.',
  },
  host: HOST,
  chat: { mode: 'open', maxLength: MESSAGE_LIMIT, terms: '/chat-rules' },
  disclosure: {
    text: { en: 'Advertising. Aster & Oak, a demo shop', ru: 'Реклама. «Астер и Дуб», демонстрационный магазин' },
  },
}

const video = (src, startDate) => ({
  src,
  startDate: new Date(startDate).toISOString(),
  poster: '/media/poster.webp',
  aspect: '9:16',
  captions: 'stream',
})

/**
 * The show document while the show runs.
 * @param {{ epoch: string, status: string, startedAt: number, catalogue: object[], origin: string }} options `origin`: where viewers'
 *   events are, such as `127.0.0.1:4173`
 */
export const toLiveDocument = ({ epoch, status, startedAt, catalogue, origin }) => ({
  ...COMMON,
  id: `aster-oak-${epoch}`,
  status,
  startsAt: new Date(startedAt).toISOString(),
  video: video(`/live/${epoch}/master.m3u8`, startedAt),
  events: {
    adapter: 'socket',
    url: `ws://${origin}/events/socket`,
    snapshot: '/events/snapshot',
    history: '/events/history',
    actions: [...ACTIONS],
  },
  products: toShowProducts(catalogue),
})

/**
 * The show document of a recorded show: a log and a video, no server.
 * @param {{ epoch: string, startedAt: number, endedAt: number, catalogue: object[], src: string, log: string,
 *   questionsTo: string }} options `questionsTo`: where questions go that are asked in it
 */
export const toReplayDocument = ({ epoch, startedAt, endedAt, catalogue, src, log, questionsTo }) => ({
  ...COMMON,
  id: `aster-oak-${epoch}`,
  status: 'replay',
  startsAt: new Date(startedAt).toISOString(),
  endsAt: new Date(endedAt).toISOString(),
  video: video(src, startedAt),
  events: { url: log },
  questionsTo,
  products: toShowProducts(catalogue),
})

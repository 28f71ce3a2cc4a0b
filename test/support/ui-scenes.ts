import { CastcartError } from '../../src/model/error.ts'
import type { ChatLine } from '../../src/state/chat-line.ts'
import { joinScenes } from './join-scenes.ts'
import { talkScenes } from './talk-scenes.ts'
import { demoChat, demoOffer, demoShow, demoViews, liveValues, NOW, playing, type StoreValues } from './ui-harness.tsx'

type Scene = Partial<StoreValues>

const long = (index: number): ChatLine => ({
  key: `f${index}`,
  id: `f${index}`,
  at: NOW - 90_000 + index * 500,
  author: {
    id: `v${index % 9}`,
    name: ['Anna', 'Sven', 'Илья', 'ليلى', 'Noor', 'Ben'][index % 6] ?? '',
    role: 'viewer',
  },
  text: [
    'love it',
    'How long is the coat on someone who is 1.62 m tall, and does it come in a shorter cut?',
    '❤️❤️❤️',
    'А доставка в Тарту есть?',
    'هل اللون أفتح في الواقع؟',
  ][index % 5] as string,
})

const replay: Scene = {
  $status: 'replay',
  $show: { ...demoShow, video: { src: '/replay.m3u8', startDate: new Date(NOW - 720_000).toISOString() } },
  $connection: 'ended',
  $can: { chat: false, readCart: true, changeCart: true, checkout: true, actions: [] },
  $offers: [{ ...demoOffer, stage: 'ended', seconds: 0, left: 0 }],
  $playback: {
    ...playing,
    live: false,
    latency: undefined,
    muted: false,
    soundChosen: true,
    position: 252,
    duration: 1680,
    seekable: [0, 1680],
    atLiveEdge: false,
  },
}

/** The interface in each state that is worth a look: what the stores hold, over a live show. */
export const scenes: Readonly<Record<string, Scene>> = {
  ...joinScenes,
  launcher: { $view: 'closed' },
  live: {},
  sound: { $playback: { ...playing, muted: false, soundChosen: true }, $offers: [] },
  quiet: { $products: demoViews([]), $offers: [], $chat: [] },
  busy: {
    $chat: [...demoChat, ...Array.from({ length: 60 }, (_, index) => long(index))],
    $products: demoViews(['coat', 'car']),
  },
  added: { $notice: { kind: 'added', productId: 'mug', quantity: 1 } },
  refused: { $notice: { kind: 'refused', productId: 'mug', reason: 'sold-out' } },
  partial: { $notice: { kind: 'partial', productId: 'mug', quantity: 1, reason: 'limit-reached' } },
  price: {
    $notice: { kind: 'price-changed', productId: 'mug', lineId: 'l1', price: { amount: 2800, currency: 'EUR' } },
  },
  mini: { $view: 'mini' },
  loading: {
    $playback: { ...playing, phase: 'loading', started: false },
    $products: demoViews(['mug'], true),
    $chat: [],
    $offers: [],
    $connection: 'connecting',
  },
  blocked: { $playback: { ...playing, phase: 'blocked', started: false } },
  away: { $playback: { ...playing, phase: 'away', trouble: 'network' }, $connection: 'reconnecting' },
  behind: { $playback: { ...playing, atLiveEdge: false, latency: 95, muted: false, soundChosen: true } },
  scheduled: {
    $status: 'scheduled',
    $show: { ...demoShow, startsAt: new Date(NOW + 5_025_000).toISOString() },
    $playback: { ...playing, phase: 'idle', started: false },
    $products: demoViews([]),
    $offers: [],
    $chat: demoChat.slice(0, 2),
  },
  paused: { $status: 'paused', $offers: [] },
  ended: { $status: 'ended', $offers: [], $products: demoViews([]), $playback: { ...playing, phase: 'ended' } },
  error: {
    $show: null,
    $room: { ...(liveValues().$room as StoreValues['$room']), now: {} },
    $status: 'loading',
    $error: new CastcartError('no-show', 'HTTP 404'),
    $products: [],
    $offers: [],
    $chat: [],
  },
  opening: {
    $show: null,
    $room: { ...(liveValues().$room as StoreValues['$room']), now: {} },
    $can: { chat: false, readCart: false, changeCart: false, checkout: false, actions: [] },
    $status: 'loading',
    $products: [],
    $offers: [],
    $chat: [],
    $playback: { ...playing, phase: 'idle', started: false },
    $cart: null,
  },
  closed: {
    $room: {
      ...(liveValues().$room as StoreValues['$room']),
      now: {
        chatMode: { v: 1, epoch: 'e', seq: 9, id: 'm', at: NOW, type: 'chat.mode', data: { mode: 'closed' } },
      },
    },
  },
  replay,
  dvr: {
    $playback: { ...playing, position: 520, latency: 204, atLiveEdge: false, muted: false, soundChosen: true },
  },
  request: { $sheet: { name: 'product', id: 'car' } },
  gone: { $sheet: { name: 'product', id: 'nothing' } },
  unread: {
    $sheet: { name: 'cart' },
    $cart: null,
    $can: { chat: true, readCart: false, changeCart: false, checkout: true, actions: [] },
  },
  asking: { $sheet: { name: 'cart' }, $cart: null },
  product: { $sheet: { name: 'product', id: 'mug' } },
  variants: { $sheet: { name: 'product', id: 'coat' } },
  products: { $sheet: { name: 'products' } },
  cart: { $sheet: { name: 'cart' } },
  empty: { $sheet: { name: 'cart' }, $cart: { items: [], quantity: 0, total: { amount: 0, currency: 'EUR' } } },
  ...talkScenes,
  host: { $sheet: { name: 'host' } },
  moments: {
    ...replay,
    $sheet: { name: 'moments' },
    $moments: ['coat', 'lipstick', 'coffee', 'mug'].map((productId, place) => ({
      productId,
      at: NOW - 690_000 + place * 120_000,
    })),
  },
  premiere: {
    $status: 'scheduled',
    $show: {
      ...demoShow,
      asLive: true,
      startsAt: new Date(NOW + 65_000).toISOString(),
      video: { src: '/live.m3u8', preview: '/trailer.mp4', poster: demoShow.video?.poster },
    },
    $playback: { ...playing, phase: 'idle', started: false },
    $products: demoViews([]),
    $offers: [],
    $chat: [],
  },
  many: {
    $sheet: { name: 'products' },
    $products: Array.from({ length: 24 }, (_, index) => demoViews([])[index % 6]).flatMap((view, index) =>
      view
        ? [
            {
              ...view,
              id: `${view.id}${index}`,
              product: {
                ...view.product,
                id: `${view.id}${index}`,
                code: `${index + 1}`,
                group: index % 3 ? 'Clay' : 'Glass',
              },
            },
          ]
        : [],
    ),
  },
}

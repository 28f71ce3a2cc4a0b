import { ACTION_TYPES } from '../../src/model/action.ts'
import type { CartResult } from '../../src/model/cart.ts'
import { inLocale } from '../../src/model/local-text.ts'
import type { Playback } from '../../src/model/player.ts'
import type { Show } from '../../src/model/show.ts'
import type { ChatLine } from '../../src/state/chat-line.ts'
import { createState, NO_PLAYBACK, type State, type Stores } from '../../src/state/create-state.ts'
import { emptyRoom } from '../../src/state/empty-room.ts'
import { mineAfter } from '../../src/state/mine.ts'
import type { OfferView } from '../../src/state/offer-view.ts'
import { type ProductView, productViews } from '../../src/state/product-view.ts'
import { en } from '../../src/text/en.ts'
import { ru } from '../../src/text/ru.ts'
import { createTranslate } from '../../src/text/translate.ts'
import type { Commands, UiModel } from '../../src/ui/context.ts'
import { demoProducts } from './demo-products.ts'

/** Server time of the harness, ms since 1970. */
export const NOW = Date.UTC(2026, 10, 20, 18, 12)

/** What each store holds, by the store's name. */
export type StoreValues = { [K in keyof State]: ReturnType<State[K]['get']> }

/** A model over stores filled by hand; nothing behind it. */
export interface FakeModel {
  readonly model: UiModel
  readonly stores: Stores
  /** Every command called, oldest first. */
  readonly calls: { readonly name: string; readonly args: readonly unknown[] }[]
}

export const demoShow: Show = {
  version: 1,
  id: 'friday',
  title: { en: 'Friday drop: six things for November', ru: 'Пятничный эфир: шесть вещей на ноябрь' },
  startsAt: new Date(NOW - 12 * 60_000).toISOString(),
  host: { name: { en: 'Mira Lind', ru: 'Мира Линд' }, avatar: '/images/host.svg' },
  video: { src: '/live.m3u8', poster: '/media/poster.webp', aspect: '9:16' },
  events: { url: '/events' },
  products: demoProducts,
  chat: { mode: 'open', maxLength: 200, slowMode: 3, terms: '/chat-rules' },
  disclosure: { text: { en: 'Advertising. Kaamos Store OÜ', ru: 'Реклама. ООО «Каамос»' }, token: 'erid: 2Vfnxw' },
}

export const playing: Playback = {
  ...NO_PLAYBACK,
  phase: 'playing',
  live: true,
  position: 700,
  duration: Infinity,
  seekable: [0, 720],
  latency: 4,
  started: true,
  captions: 'off',
}

/** An offer of 15 per cent on the mug with 74 of its 120 seconds left. */
export const demoOffer: OfferView = {
  id: 'o1',
  stage: 'open',
  seconds: 74,
  left: 74 / 120,
  remaining: 31,
  isLow: false,
  terms: {
    id: 'o1',
    kind: 'percent',
    title: { en: 'Kiln-warm price', ru: 'Цена прямо из печи' },
    percentOff: 15,
    productIds: ['mug'],
    opensAt: NOW - 46_000,
    closesAt: NOW + 74_000,
    quantity: 40,
    remaining: 31,
    perBuyer: 2,
    how: 'sale',
  },
}

const line = (index: number, name: string, text: string, more: Partial<ChatLine> = {}): ChatLine => ({
  key: `c${index}`,
  id: `c${index}`,
  at: NOW - 60_000 + index * 1000,
  author: { id: name, name, role: 'viewer' },
  text,
  ...more,
})

export const demoChat: readonly ChatLine[] = [
  line(1, 'Leïla', 'Just joined, what did I miss?'),
  line(2, 'Sven', 'the coat 😍'),
  line(3, 'Anna', 'Does it survive the dishwasher?'),
  line(4, 'Илья', 'Цвет вживую теплее?'),
  line(5, 'Mira Lind', 'Yes, top rack, I do it daily', {
    author: { id: 'host', name: 'Mira Lind', role: 'host' },
    replyTo: { id: 'c3', name: 'Anna', text: 'Does it survive the dishwasher?' },
  }),
  line(6, 'Ben', 'just got two!'),
  line(7, 'Noor', 'moss next please'),
]

/** Product views with the store's answer in and one product in the picture. */
export function demoViews(pinned: readonly string[] = ['mug'], isPending = false): ProductView[] {
  const truth = Object.fromEntries(demoProducts.map((product) => [product.id, product]))
  const views = productViews(demoProducts, emptyRoom(), { catalogue: isPending ? 'pending' : truth, replay: false })
  return views.map((view, index) => ({
    ...view,
    now: pinned.includes(view.id),
    shownAt: index < 3 || pinned.includes(view.id) ? NOW - (index + 1) * 150_000 : undefined,
  }))
}

/** Stores of a live show in full view, with chat, an offer, a pinned product and two mugs in the cart. */
export function liveValues(): Partial<StoreValues> {
  const room = emptyRoom()
  return {
    $view: 'full',
    $show: demoShow,
    $status: 'live',
    $connection: 'open',
    $room: {
      ...room,
      now: { audience: { v: 1, id: 'a', at: NOW, type: 'audience.count', data: { count: 1284 } } },
    },
    $playback: playing,
    $products: demoViews(),
    $moments: demoViews()
      .flatMap(({ id, shownAt }) => (shownAt === undefined ? [] : [{ productId: id, at: shownAt }]))
      .sort((a, b) => a.at - b.at),
    $offers: [demoOffer],
    $chat: demoChat,
    $cart: {
      items: [
        {
          id: 'l1',
          productId: 'mug',
          title: 'Two-glaze mug',
          variantTitle: 'Ink',
          quantity: 2,
          price: { amount: 2600, currency: 'EUR' },
          total: { amount: 5200, currency: 'EUR' },
          image: '/images/mug-ink.svg',
        },
      ],
      quantity: 2,
      total: { amount: 5200, currency: 'EUR' },
    },
    $can: { chat: true, readCart: true, changeCart: true, checkout: true, voucher: true, actions: ACTION_TYPES },
    $now: NOW,
  }
}

/** What a fake model is made with. */
export interface FakeOptions {
  /** Over `liveValues()`. */
  readonly values?: Partial<StoreValues>
  readonly locale?: string
  readonly video?: HTMLVideoElement
  /** Loads later words; absent: they are there. */
  readonly learn?: () => Promise<void>
  /** What commands answer or do, over the ones that only note the call and change the view. */
  readonly commands?: Partial<Commands>
}

/** A model whose commands note their calls and change what a widget's would change at once: view, sheet, notice, sound. */
export function fakeModel({
  values = {},
  locale = 'en',
  video,
  commands = {},
  learn = async () => {},
}: FakeOptions = {}): FakeModel {
  const stores = createState()
  set(stores, { ...liveValues(), ...values })
  const calls: { name: string; args: readonly unknown[] }[] = []
  const acts: Commands = { ...fakeCommands(stores), ...commands }
  const noted = new Proxy(acts, {
    get: (target, name: keyof Commands) => {
      const act: unknown = target[name]
      // Typing is no act.
      if (typeof act !== 'function' || name === 'draft') return act
      return (...args: unknown[]) => {
        calls.push({ name, args })
        return act(...args)
      }
    },
  })
  const model: UiModel = {
    state: stores,
    commands: noted,
    t: createTranslate([locale.startsWith('ru') ? ru : en], locale),
    learn,
    speak() {},
    dress() {},
    onLost: (cause) => void calls.push({ name: 'onLost', args: [cause] }),
    locale,
    say: (text) => inLocale(text, locale),
    url: (address) => (address ? new URL(address, document.baseURI).href : null),
    video: video ?? document.createElement('video'),
  }
  return { model, stores, calls }
}

/** Puts values in stores. */
export function set(stores: Stores, values: Partial<StoreValues>): void {
  for (const [name, value] of Object.entries(values)) Reflect.get(stores, name).set(value)
}

function fakeCommands(stores: Stores): Commands {
  const nothing = () => {}
  const left: CartResult = { outcome: 'rejected', reason: 'unreachable' }
  const playback = (change: Partial<Playback>) => stores.$playback.set({ ...stores.$playback.get(), ...change })
  return {
    open: () => stores.$view.set('full'),
    minimise: () => stores.$view.set('mini'),
    close: () => stores.$view.set('closed'),
    showSheet: (sheet) => stores.$sheet.set(sheet),
    add: async (productId, _variantId, quantity = 1) => {
      stores.$notice.set({ kind: 'added', productId, quantity })
      const cart = stores.$cart.get()
      return cart ? { outcome: 'added', cart, quantity } : left
    },
    setQuantity: async (_lineId, quantity) => {
      const cart = stores.$cart.get()
      return cart ? { outcome: 'added', cart, quantity } : left
    },
    applyVoucher: async () => {
      const cart = stores.$cart.get()
      return cart ? { outcome: 'added', cart, quantity: 0 } : left
    },
    checkout: nothing,
    visit: nothing,
    request: async () => ({ ok: true }),
    send: async (type, data) => {
      const result = { ok: true as const, id: 'q-own', code: 'CLAY15', entry: 'e-own' }
      stores.$mine.set(mineAfter(stores.$mine.get(), { type, data }, result))
      return result
    },
    draft: (name, value) => stores.$drafts.set({ ...stores.$drafts.get(), [name]: value }),
    keep: (mine) => stores.$mine.set({ ...stores.$mine.get(), ...mine }),
    say: async () => ({ ok: true }),
    resay: async () => ({ ok: true }),
    unsay: nothing,
    ask: async () => ({ ok: true, id: 'q-own' }),
    dismissNotice: () => stores.$notice.set(null),
    play: () => playback({ phase: 'playing' }),
    pause: () => playback({ phase: 'paused' }),
    seek: (position) => playback({ position }),
    seekToDate: nothing,
    goLive: () => playback({ atLiveEdge: true }),
    playClip: nothing,
    remind: nothing,
    setMuted: (muted) => playback({ muted, soundChosen: true }),
    setCaptions: (on) => playback({ captions: on ? 'on' : 'off' }),
    setRate: (rate) => playback({ rate }),
    retry: nothing,
  }
}

/** The real demo walked through what a viewer sees: what is looked at by eye (`npm run shots`) and measured (`test/browser/look.test.ts`). */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDemo } from '../../examples/live-shop/server/start-demo.mjs'

/** Sizes of a screen in CSS pixels, by name. */
export const SIZES = {
  small: { width: 320, height: 640 },
  phone: { width: 390, height: 844 },
  side: { width: 844, height: 390 },
  laptop: { width: 1280, height: 800 },
  desk: { width: 1440, height: 900 },
}

const TALK = [
  ['Leïla', 'Just joined, what did I miss?'],
  ['Sven', 'the coat 😍'],
  ['Anna', 'Does the mug survive the dishwasher?'],
  ['Илья', 'Цвет вживую теплее?'],
  ['Ben', 'just got two!'],
  ['Noor', 'How long is the coat on someone who is 1.62 m tall, and does it come in a shorter cut?'],
  ['Mei', 'sand or ink? can’t decide'],
]

/** Starts the whole demo with a host who has said hello, shows the mug, and a few viewers who talk. The caller stops it. */
export async function startTalkedDemo() {
  const dataFolder = await mkdtemp(join(tmpdir(), 'castcart-states-'))
  const demo = await startDemo({ autopilot: false, secret: 'the host knows', dataFolder })
  const { stop } = demo
  let count = 0
  const act = async (type, guest, data) => {
    const response = await fetch(new URL('/events/stream', demo.store), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type, key: `states-${++count}`, data: { ...data, guest } }),
    })
    const answer = await response.json()
    if (!answer.ok) throw new Error(`${type}: ${JSON.stringify(answer)}`)
  }
  const host = async (name, data) => {
    const answer = await demo.command(name, data)
    if (!answer.ok) throw new Error(`${name}: ${answer.message}`)
    return answer.event
  }
  const talk = async () => {
    for (const [name, text] of TALK) await act('chat.send', `guest-${name}`, { name, text })
    await host('say', { text: 'Yes, top rack, I do it daily. And the glaze stays as it is' })
  }
  await host('pin', { ids: ['mug'] })
  await talk()
  return Object.assign(demo, {
    host,
    act,
    talk,
    async stop() {
      await stop()
      await rm(dataFolder, { recursive: true, force: true })
    },
  })
}

/** Runs in the page: whether a store of its widget answers to a test. */
async function holds([name, test]) {
  const api = await globalThis.castcart?.ready
  const value = api?.widgets()[0]?.state[name].get()
  return value !== undefined && new Function('value', `return ${test}`)(value)
}

/** Waits for a store of the page's widget; `test` is an expression of `value`. */
export const whenHolds = (page, name, test) => page.waitForFunction(holds, [name, test], { timeout: 40_000 })

/** Lets what moves come to rest, and pictures be there. */
export async function settled(page) {
  await page.waitForFunction(() => {
    const root = document.querySelector('castcart-widget')?.shadowRoot
    const pictures = [...(root?.querySelectorAll('img') ?? [])].filter((image) => image.checkVisibility())
    // What goes on for ever, and the line of an offer that drains second by second, never rest.
    const moving = (root?.getAnimations() ?? []).filter(
      ({ playState, effect }) =>
        playState === 'running' &&
        effect.getComputedTiming().iterations !== Infinity &&
        !effect.target?.matches('.bar'),
    )
    return pictures.every((image) => image.complete) && moving.length === 0
  })
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
}

const player = (page) => page.locator('[part=player]').first()
const isDesk = (page) => page.viewportSize().width >= 900

const CLOSE = { en: 'Close', ru: 'Закрыть' }
const MINIMISE = { en: 'Keep watching small', ru: 'Свернуть' }
const MOMENTS = { en: 'Moments', ru: 'Моменты' }
const ADDRESS = { en: '', ru: '?lang=ru' }

/** Opens the store in a language (and the player, where `isOpen`). */
async function arrive(page, demo, { locale, isOpen = true, store = demo.store }) {
  await page.goto(`${store}${ADDRESS[locale]}`)
  await page.locator('castcart-widget button').first().waitFor()
  if (!isOpen) return
  await page.locator('castcart-widget > button, castcart-widget [part=launcher]').first().click()
  await player(page).waitFor()
}

async function live(page, demo, locale) {
  await arrive(page, demo, { locale })
  await whenHolds(page, '$connection', 'value === "open"')
  await whenHolds(page, '$playback', 'value.started && value.phase === "playing"')
  await player(page).locator('[part=card]').first().waitFor()
  await player(page).locator('[part=composer]').first().waitFor()
  await whenHolds(page, '$products', 'value.every(({ pricing }) => pricing !== "pending")')
}

async function openProduct(page, id) {
  if (!isDesk(page)) await player(page).locator('.bag button').first().click()
  await player(page).locator(`[part=item][data-product=${id}] .open`).first().click()
  await player(page).locator('[part=sheet] .product').first().waitFor()
}

async function replay(page, demo, locale) {
  await arrive(page, demo, { locale, store: demo.replay })
  await whenHolds(page, '$playback', 'value.started && value.phase === "playing"')
  await player(page).locator('[part=seek]').waitFor()
  const line = await player(page).locator('[part=seek] [role=slider]').first().boundingBox()
  await page.mouse.click(line.x + line.width * 0.4, line.y + line.height / 2)
  await player(page).locator('[part=card]').first().waitFor()
}

/**
 * What is seen, by name: each brings a fresh page there.
 * @type {Record<string, (page: import('playwright-core').Page, demo: object, locale: 'en' | 'ru') => Promise<void>>}
 */
export const STATES = {
  launcher: (page, demo, locale) => arrive(page, demo, { locale, isOpen: false }),
  async loading(page, demo, locale) {
    await page.route(/\.(m3u8|m4s|mp4)|products\.json|\/products\/.*\.js/, () => {})
    await arrive(page, demo, { locale })
    await player(page).locator('.spinner').waitFor()
  },
  live,
  async product(page, demo, locale) {
    await live(page, demo, locale)
    await openProduct(page, 'coffee')
  },
  async variants(page, demo, locale) {
    await live(page, demo, locale)
    await openProduct(page, 'coat')
  },
  offer: withOffer,
  async 'offer-sheet'(page, demo, locale) {
    await withOffer(page, demo, locale)
    await player(page).locator('[part=card] .open').first().click()
    await player(page).locator('[part=sheet]').first().waitFor()
  },
  added: withGoods,
  async cart(page, demo, locale) {
    await withGoods(page, demo, locale)
    const rail = player(page).locator('.shop .cart-foot button').first()
    if (isDesk(page) && (await rail.count())) await rail.click()
    else await player(page).locator('.bag button').last().click()
    await player(page).locator('[part=sheet]').first().waitFor()
  },
  async empty(page, demo, locale) {
    await live(page, demo, locale)
    if (isDesk(page)) return
    await player(page).locator('.bag button').last().click()
    await player(page).locator('[part=sheet]').first().waitFor()
  },
  async products(page, demo, locale) {
    await live(page, demo, locale)
    if (isDesk(page)) return
    await player(page).locator('.bag button').first().click()
    await player(page).locator('[part=sheet]').first().waitFor()
  },
  async chat(page, demo, locale) {
    await live(page, demo, locale)
    await player(page)
      .locator('[name=message]')
      .first()
      .fill(locale === 'ru' ? 'А доставка в Тарту есть?' : 'Is it heavy?')
  },
  async mini(page, demo, locale) {
    await live(page, demo, locale)
    await player(page).getByRole('button', { name: MINIMISE[locale] }).click()
    await whenHolds(page, '$view', 'value === "mini"')
    await player(page).locator('.mini-open').waitFor()
  },
  async request(page, demo, locale) {
    await live(page, demo, locale)
    await openProduct(page, 'car')
  },
  async poll(page, demo, locale) {
    await during(demo, 'poll.open', () =>
      demo.host('open-poll', {
        question: { en: 'Which mug do I fire next week?', ru: 'Какую кружку обжечь на следующей неделе?' },
        options: [
          { en: 'Moss', ru: 'Мох' },
          { en: 'Night blue, with a white rim', ru: 'Ночная синева с белым краем' },
        ],
        seconds: 900,
      }),
    )
    await live(page, demo, locale)
    await openNow(page, 'poll')
  },
  async raffle(page, demo, locale) {
    const poll = demo.show.events.findLast(({ type }) => /^poll\.(open|close)$/.test(type))
    if (poll?.type === 'poll.open') await demo.host('close-poll', { id: poll.data.id })
    await during(demo, 'raffle.open', () =>
      demo.host('open-raffle', {
        title: { en: 'Two mugs from tonight’s kiln', ru: 'Две кружки из сегодняшней печи' },
        prize: { en: 'a pair of two-glaze mugs', ru: 'пара кружек в две глазури' },
        prizes: 2,
        seconds: 900,
      }),
    )
    await live(page, demo, locale)
    await openNow(page, 'raffle')
  },
  replay,
  async moments(page, demo, locale) {
    await replay(page, demo, locale)
    await player(page).getByRole('button', { name: MOMENTS[locale] }).first().click()
    await player(page).locator('[part=sheet]').first().waitFor()
  },
  async error(page, demo, locale) {
    await page.route(/\/shows\/live\.json/, (route) => route.fulfill({ status: 404, body: 'gone' }))
    await arrive(page, demo, { locale })
    await player(page).locator('.cover .button').first().waitFor()
  },
  async away(page, demo, locale) {
    await page.route(/\.(m3u8)/, (route) => route.fulfill({ status: 404, body: 'gone' }))
    await arrive(page, demo, { locale })
    await whenHolds(page, '$playback', '["away", "failed"].includes(value.phase)')
  },
}

/** Has the host do something unless it is going on. */
async function during(demo, type, begin) {
  const isOn = demo.show.events.some((event) => event.type === type && event.data.closesAt > Date.now() + 30_000)
  if (!isOn) await begin()
}

/** From the card of what goes on now to its sheet. */
async function openNow(page, kind) {
  await player(page).locator(`[part=now][data-kind=${kind}] .button, .now-more`).first().click()
  await player(page).locator('[part=sheet]').first().waitFor()
}

async function withOffer(page, demo, locale) {
  await during(demo, 'offer.open', () =>
    demo.host('open-offer', {
      title: { en: 'Kiln-warm price', ru: 'Цена прямо из печи' },
      percentOff: 15,
      seconds: 900,
      quantity: 40,
      perBuyer: 2,
      productIds: ['mug'],
    }),
  )
  await live(page, demo, locale)
  await player(page).locator('[part=offer]').first().waitFor()
  await whenHolds(page, '$products', 'value.some(({ id, pricing, product }) => id === "mug" && pricing)')
}

async function withGoods(page, demo, locale) {
  await live(page, demo, locale)
  for (const [id, choice] of [
    ['coffee', '1 '],
    ['mug', '400'],
  ]) {
    await openProduct(page, id)
    const sheet = player(page).locator('[part=sheet]')
    await sheet.locator('label', { hasText: choice }).first().click()
    await sheet.locator('.buy .button').click()
    await whenHolds(page, '$cart', `value?.items.some(({ productId }) => productId === '${id}')`)
    await sheet.getByRole('button', { name: CLOSE[locale], exact: true }).click()
    await sheet.waitFor({ state: 'detached' })
  }
}

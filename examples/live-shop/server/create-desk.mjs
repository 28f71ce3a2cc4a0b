import { createAutopilot } from './create-autopilot.mjs'
import { newEpoch, openShow } from './create-show.mjs'
import { openEarlierShows } from './earlier-shows.mjs'
import { listEpochs } from './event-log.mjs'
import { createGuests } from './guest-script.mjs'
import { createHostCommands } from './host-commands.mjs'
import { GRACE } from './in-time.mjs'
import { placeOrder } from './place-order.mjs'
import { createActions } from './take-action.mjs'
import { createViewerHttp } from './viewer-http.mjs'
import { createViewerSocket } from './viewer-socket.mjs'

const TICK = 100
const COUNT_EVERY = 2000
/** A log whose newest event is older than this belongs to another day: a fresh show begins. */
const RESUME_WITHIN = 10 * 60_000
/** The live stream has this much past when a show begins, so that the first viewer need not wait. A whole turn of the loop. */
const HEAD_START = 64_000

/**
 * The live desk: the show that runs, those who watch it, and those who may speak as its host.
 *
 * @param {object} options
 * @param {string} options.folder where the logs are
 * @param {string} options.hostName
 * @param {ReturnType<import('./create-shop.mjs').createShop>} options.shop
 * @param {{ start(show: object): void, end(show: object): void } | null} options.video
 * @param {(token: unknown) => object | undefined} [options.readToken] the customer that a token of the shop's speaks of
 * @param {() => Promise<Function>} options.loadCompact `compact` of castcart/room
 * @param {boolean} options.autopilot
 * @param {() => number} [options.now] ms since 1970
 */
export async function createDesk({
  folder,
  hostName,
  shop,
  video,
  readToken,
  loadCompact,
  autopilot: isOn,
  now = Date.now,
}) {
  const shows = { folder, hostName, now, addCode: shop.addCode, isOrder: shop.isOrder }
  const state = {
    show: await newestShow(shows),
    shows,
    video,
    countedAt: 0,
  }
  const currentShow = () => state.show
  const earlier = await openEarlierShows({ shows, current: state.show.epoch })
  state.earlier = earlier
  const actions = createActions({ currentShow, earlier, now })
  const socket = createViewerSocket({ currentShow, earlier, take: actions.take, readToken, now })
  const http = createViewerHttp({ currentShow, take: actions.take, readToken, loadCompact, now })
  const autopilot = createAutopilot({ isOn, now })
  const guests = createGuests({ take: actions.take, order: (what) => placeOrder({ shop, show: state.show }, what) })
  const desk = {
    get show() {
      return state.show
    },
    now,
    products: shop.catalogue,
    setStock: shop.setStock,
    autopilot,
    earlier,
    startShow: () => startShow(state, { socket, http }),
    endShow: () => endShow(state),
  }
  const commands = createHostCommands(desk)
  if (state.show.startedAt === undefined || isOld(state.show, now)) await desk.startShow()
  else video?.start(state.show)

  const timer = setInterval(() => {
    tick(state, { shop, now, audience: socket.size + http.size })
    autopilot
      .tick(state.show, { run: commands.run, act: guests.act })
      .catch((error) => console.error('autopilot:', error.message))
  }, TICK)
  timer.unref()
  return {
    get show() {
      return state.show
    },
    autopilot,
    earlier,
    /** Runs a host's command; the autopilot gives way to it. */
    command(command) {
      autopilot.giveWay(command.name)
      return commands.run(command)
    },
    /** Viewers' HTTP and WebSocket, see docs/protocol.md. */
    handle: http.handle,
    upgrade: socket.upgrade,
    async close() {
      clearInterval(timer)
      socket.close()
      http.close()
      await earlier.close()
      await state.show.close()
    },
  }
}

async function newestShow(shows) {
  const epoch = (await listEpochs(shows.folder)).at(-1) ?? newEpoch(shows.now())
  return openShow({ ...shows, epoch })
}

function isOld(show, now) {
  const newest = show.events.at(-1)
  return show.facts.status === 'ended' || !newest || now() - newest.at > RESUME_WITHIN
}

async function startShow(state, viewers) {
  const before = state.show
  if (before.startedAt !== undefined) {
    if (before.facts.status !== 'ended') await endShow(state, before.events.at(-1)?.at)
    state.video?.end(before)
    state.show = await openShow({ ...state.shows, epoch: newEpoch(state.shows.now()) })
    await state.earlier.keep(before)
    viewers.socket.hangUp(4204)
    viewers.http.hangUp()
  }
  const { show } = state
  await show.publish('show.state', { status: 'live' }, { at: state.shows.now() - HEAD_START })
  state.video?.start(show)
}

/** @param {number} [at] when it ended, ms; absent: now */
async function endShow({ show, video }, at) {
  for (const [id, { closed }] of show.facts.offers)
    if (!closed) await show.publish('offer.close', { id, reason: 'host' })
  for (const { id } of show.polls.open()) await show.publish('poll.close', show.polls.closing(id))
  for (const { id, closedAt } of show.raffles.list())
    if (closedAt === undefined) await show.publish('raffle.close', { id })
  const event = await show.publish('show.state', { status: 'ended' }, { at })
  video?.end(show)
  return event
}

function tick(state, { shop, now, audience }) {
  const { show } = state
  shop.setSales(salesOf(show, now()))
  if (show.facts.status === 'ended') return
  const isTimeToCount = now() - state.countedAt >= COUNT_EVERY
  if (isTimeToCount) state.countedAt = now()
  show.tick({ audience: isTimeToCount ? audience : show.audience })
}

/** What is taken off by product, and how many a buyer may have: an offer counts until it is closed, and for its grace after its time is over. */
function salesOf(show, time) {
  const sales = new Map()
  for (const { terms, isOpen, closed } of show.facts.offers.values()) {
    const isHonoured =
      isOpen && (closed === undefined || closed === 'time') && time < terms.closesAt + (terms.grace ?? GRACE) * 1000
    if (!isHonoured || terms.how !== 'sale') continue
    for (const id of terms.productIds) {
      const { percent = 0, amount = 0, perBuyer } = sales.get(id) ?? {}
      sales.set(id, {
        percent: Math.max(percent, terms.percentOff ?? 0),
        amount: Math.max(amount, terms.amountOff?.amount ?? 0),
        perBuyer: Math.min(perBuyer ?? Number.POSITIVE_INFINITY, terms.perBuyer ?? Number.POSITIVE_INFINITY),
      })
    }
  }
  return sales
}

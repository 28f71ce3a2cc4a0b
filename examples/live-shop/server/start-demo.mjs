import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createDesk } from './create-desk.mjs'
import { createShop } from './create-shop.mjs'
import { createVideo } from './create-video.mjs'
import { createCustomerTokens } from './customer-tokens.mjs'
import { createDeskHttp } from './desk-http.mjs'
import { createFakeShopifyCart } from './fake-shopify-cart.mjs'
import { createFeed } from './feed-writer.mjs'
import { chooseSecret } from './host-session.mjs'
import { listen, PUBLIC, sendJson } from './http.mjs'
import { createCompactLoader, createOfferLogLoader } from './load-compact.mjs'
import { createOfferSales } from './offer-sales.mjs'
import { orderRoute } from './order-route.mjs'
import { createQuestionInbox } from './question-inbox.mjs'
import { HOST, toLiveDocument, toReplayDocument } from './show-document.mjs'
import { createStoreHttp, serveFolder } from './store-http.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Starts the whole demo in this process, on this machine only: a store with a live show, the host's desk, and a store that
 * only replays. Each has its own port; `port` 0 takes any free ones.
 *
 * @param {object} [options]
 * @param {number} [options.port] the store's; the desk and the second store take the next ones. Default 0
 * @param {string} [options.dataFolder] logs and carts; default `examples/live-shop/data`
 * @param {string} [options.secret] the host's; default `CASTCART_HOST_SECRET`, else random
 * @param {boolean} [options.autopilot] the scripted host; default on
 * @param {() => number} [options.now] ms since 1970
 * @param {string | null} [options.media] folder of the video's material; `null`: a show without video
 * @param {() => Promise<Function>} [options.loadCompact] `compact` of castcart/room; default from the build
 * @param {() => Promise<Function>} [options.loadOfferLog] `offerLog` of castcart/room; default from the build
 * @param {() => Promise<Function>} [options.loadWriter] `createFeedWriter` of castcart/feed; default from the build
 */
export async function startDemo({
  port = 0,
  dataFolder = here('../data/'),
  secret = chooseSecret(),
  autopilot = true,
  now = Date.now,
  media = here('../media/'),
  loadCompact = createCompactLoader(),
  loadOfferLog = createOfferLogLoader(),
  loadWriter = undefined,
} = {}) {
  const shop = createShop({ now })
  const video = media === null ? null : createVideo({ folder: media, now })
  const cart = await createFakeShopifyCart({
    file: join(dataFolder, 'carts.json'),
    catalogue: shop.shopify,
    discounts: shop.codes,
  })
  const shows = join(dataFolder, 'shows')
  const customers = createCustomerTokens({ secret: randomBytes(32).toString('hex'), now })
  const desk = await createDesk({
    ...{ folder: shows, hostName: HOST.name.en, shop, video, loadCompact, autopilot, now },
    readToken: customers.read,
  })
  const feed = createFeed({ currentShow: () => desk.show, loadWriter, now })
  const inbox = await createQuestionInbox({ file: join(dataFolder, 'questions.jsonl'), now })
  const deskHttp = createDeskHttp({
    ...{ desk, secret, folder: here('../desk/'), products: shop.catalogue, now },
    offerRecords: async (show) => (await loadOfferLog())(show.events, shop.prices),
  })
  const files = [showRoute(desk, shop), logRoute(shows), ...(video ? [videoRoute(video)] : [])]
  const siteOf = (request) => ({ ...site(shop), hasCart: true, show: '/shows/live.json', cart: cart.cartOf(request) })

  const servers = {
    store: createServer(
      guarded(
        createStoreHttp({
          siteOf,
          routes: [
            desk.handle,
            feed.handle,
            orderRoute({ cart, shop, desk }),
            inbox.handle,
            cartRoute(cart, createOfferSales({ desk, catalogue: shop.catalogue })),
            ...files,
          ],
        }),
      ),
    ),
    desk: createServer(guarded(createStoreHttp({ siteOf, routes: [deskHttp.handle, desk.handle, ...files, toDesk] }))),
    replay: createServer(guarded(createReplayStore())),
  }
  servers.store.on('upgrade', upgrade(desk))
  servers.desk.on('upgrade', upgrade(desk))
  const ports = {}
  for (const [index, name] of Object.keys(servers).entries())
    ports[name] = await listen(servers[name], port && port + index)
  return {
    store: `http://127.0.0.1:${ports.store}/`,
    desk: `http://127.0.0.1:${ports.desk}/desk`,
    replay: `http://127.0.0.1:${ports.replay}/`,
    secret,
    /** The show that runs. */
    get show() {
      return desk.show
    },
    shop,
    /** A token that says who is signed in at the store, for the page's `getToken`. */
    signIn: customers.issue,
    /** What was asked in replays. */
    questions: inbox.questions,
    /** Speaks as the host, as the desk page does: `command('pin', { ids: ['mug'] })`. */
    command: (name, data, key = crypto.randomUUID()) => desk.command({ name, key, data }),
    setAutopilot: (on) => desk.autopilot.set(on),
    /** Closes everything; resolves when the ports are free and the log is on disk. */
    async stop() {
      feed.close()
      await desk.close()
      await inbox.close()
      await Promise.all(Object.values(servers).map(close))
    },
  }
}

const site = ({ catalogue, shopify }) => ({ catalogue, shopify })

/** Pages that each show one way of embedding, see `examples/README.md`, and the packages that two of them import. */
const EMBEDDING = {
  ...foldersOf('/examples/', '../../', ['script-tag', 'one-file', 'element', 'npm', 'theme', 'shared']),
  ...foldersOf('/modules/', '../../../node_modules/', ['hls.js', 'nanostores', 'preact', 'zod']),
}

function foldersOf(prefix, folder, names) {
  return Object.fromEntries(names.map((name) => [`${prefix}${name}/`, here(`${folder}${name}/`)]))
}

/** A store that has pages and files and nothing else: no cart, no events, no desk. */
export function createReplayStore() {
  const shop = createShop()
  return createStoreHttp({
    siteOf: () => ({ ...site(shop), hasCart: false, show: '/shows/replay.json' }),
    folders: { '/shows/': here('../replay/'), ...EMBEDDING },
  })
}

/** The show as it is now: live, or, once it has ended, its own recording. `replay.json` is the show recorded long ago. */
function showRoute(desk, { catalogue }) {
  const recorded = serveFolder(here('../replay/'))
  return (request, response, url) => {
    if (url.pathname === '/shows/live.json') {
      const { show } = desk
      const { epoch, startedAt, endedAt } = show
      const { status } = show.facts
      const document =
        status === 'ended'
          ? toReplayDocument({
              epoch,
              startedAt,
              endedAt,
              catalogue,
              src: `/recordings/${epoch}/master.m3u8`,
              log: `log/${epoch}.events.jsonl`,
              questionsTo: '/questions',
            })
          : toLiveDocument({ epoch, status, startedAt, catalogue, origin: request.headers.host })
      sendJson(response, 200, document, PUBLIC)
      return true
    }
    if (!/^\/shows\/replay\.[\w.]+$/.test(url.pathname)) return false
    request.url = url.pathname.slice('/shows'.length)
    recorded(request, response, () => response.writeHead(404).end())
    return true
  }
}

/** Logs of the desk's own shows, for their replays. */
function logRoute(folder) {
  const logs = serveFolder(folder)
  return (request, response, url) => {
    if (!/^\/shows\/log\/[\w-]+\.events\.jsonl$/.test(url.pathname)) return false
    request.url = url.pathname.slice('/shows/log'.length)
    logs(request, response, () => response.writeHead(404).end())
    return true
  }
}

const videoRoute = (video) => (request, response, url) => video.handle(request, response, url.pathname)

/** The fake of Shopify's cart; what it takes is counted for the offer that runs. */
function cartRoute(cart, sales) {
  return async (request, response, url) => {
    if (request.method !== 'POST') return cart.handle(request, response, url)
    const before = cart.cartOf(request)
    const isAnswered = await cart.handle(request, response, url)
    if (isAnswered) sales.changed(before, cart.cartOf({ headers: { cookie: cookieAfter(request, response) } }))
    return isAnswered
  }
}

const cookieAfter = (request, response) => {
  const fresh = response.getHeader('set-cookie')
  return fresh ? String(fresh).split(';')[0] : request.headers.cookie
}

/** On the desk's server every other address leads to the desk. */
const toDesk = (_request, response, url) => {
  if (url.pathname !== '/') return false
  response.writeHead(302, { location: '/desk' }).end()
  return true
}

const upgrade = (desk) => (request, socket, head) => {
  socket.on('error', () => socket.destroy())
  if (request.url?.split('?')[0] === '/events/socket') desk.upgrade(request, socket, head)
  else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
}

/** A fault in one request is told and answered, and takes nothing else down. */
const guarded = (handle) => (request, response) => {
  handle(request, response).catch((error) => {
    console.error(`${request.method} ${request.url}:`, error)
    if (response.headersSent) response.destroy()
    else sendJson(response, 500, { error: 'The demo failed here; its console says how' })
  })
}

function close(server) {
  return new Promise((resolve) => {
    server.close(resolve)
    server.closeAllConnections()
  })
}

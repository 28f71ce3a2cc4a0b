import sirv from 'sirv'
import { createHostSessions } from './host-session.mjs'
import { isLoopbackHost, isOwnOrigin, readJson, sendJson } from './http.mjs'
import { offerCsv } from './offer-csv.mjs'

const KEY = /^[\w-]{8,100}$/

const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-cache',
}

/**
 * The host's side: the desk page, and under `/desk/` its session, state and commands. Every write must come from this
 * server's own page and carry the session's cookie; a viewer has neither.
 * @param {object} options
 * @param {object} options.desk
 * @param {string} options.secret
 * @param {string} options.folder of the page's files
 * @param {object[]} options.products
 * @param {(show: object) => Promise<object[]>} options.offerRecords what became of a show's offers (`offerLog` of castcart/room)
 * @param {() => number} [options.now]
 */
export function createDeskHttp({ desk, secret, folder, products, offerRecords, now = Date.now }) {
  const sessions = createHostSessions({ secret, now })
  const files = sirv(folder, { dev: true })
  const context = { desk, sessions, products, offerRecords, now }
  return {
    /** Answers what is the desk's and resolves true, or leaves it alone and resolves false. */
    async handle(request, response, url) {
      if (!/^\/desk(\/|$)/.test(url.pathname)) return false
      if (!isLoopbackHost(request)) sendJson(response, 403, { error: 'wrong host' })
      else if (await handleApi(context, request, response, url)) return true
      else servePage(files, request, response, url)
      return true
    },
  }
}

async function handleApi(context, request, response, url) {
  const route = ROUTES[`${request.method} ${url.pathname}`]
  if (!route) return false
  const name = `castcart_host_${request.socket.localPort}`
  if (request.method !== 'GET' && !isOwnOrigin(request)) {
    request.resume()
    sendJson(response, 403, { error: 'wrong origin' })
    return true
  }
  const isHost = context.sessions.isHost(request, name)
  if (!isHost && !route.isOpen) {
    request.resume()
    sendJson(response, 401, { error: 'sign in first' })
  } else await route(context, request, response, name)
  return true
}

const signIn = Object.assign(
  async ({ sessions }, request, response, name) => {
    const read = await readJson(request)
    if (!read.ok) return sendJson(response, read.status)
    const cookie = sessions.signIn(read.body?.secret, name)
    if (cookie === undefined) return sendJson(response, 429, { error: 'too many tries' }, { 'retry-after': '6' })
    if (cookie === null) return sendJson(response, 401, { error: 'wrong secret' })
    sendJson(response, 200, { ok: true }, { 'set-cookie': cookie })
  },
  { isOpen: true },
)

const ROUTES = {
  'POST /desk/session': signIn,

  'DELETE /desk/session': ({ sessions }, request, response, name) => {
    request.resume()
    sendJson(response, 200, { ok: true }, { 'set-cookie': sessions.signOut(request, name) })
  },

  'GET /desk/state': ({ desk, products, now }, _request, response) =>
    sendJson(response, 200, stateOf(desk, products, now())),

  'GET /desk/offers.json': async ({ desk, offerRecords }, _request, response) =>
    sendJson(response, 200, await offerRecords(desk.show), download(desk.show, 'json')),

  'GET /desk/offers.csv': async ({ desk, offerRecords }, _request, response) => {
    response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8', ...download(desk.show, 'csv') })
    response.end(offerCsv(await offerRecords(desk.show)))
  },

  'POST /desk/commands': async ({ desk }, request, response) => {
    const read = await readJson(request)
    if (!read.ok) return sendJson(response, read.status)
    const { name, key, data } = read.body ?? {}
    const isCommand =
      typeof name === 'string' && KEY.test(String(key)) && (data === undefined || (typeof data === 'object' && data))
    if (!isCommand) return sendJson(response, 400, { ok: false, message: 'A command has a name, a key and data' })
    try {
      sendJson(response, 200, await desk.command({ name, key, data: data ?? {} }))
    } catch (error) {
      console.error('desk:', error)
      sendJson(response, 503, { ok: false, message: 'The log could not be written' })
    }
  },
}

const download = ({ epoch }, ending) => ({ 'content-disposition': `attachment; filename="offers-${epoch}.${ending}"` })

/** Questions of a kind that the desk shows at most: what is asked a thousand times is not read a thousand times. */
const QUESTIONS = 50

/** Open questions with the most votes and the newest ones, answered ones the newest first; each once, with how many are open. */
function questionsOf({ questions }) {
  const all = questions.list()
  const open = all.filter(({ isAnswered }) => !isAnswered)
  const newest = open.toSorted((a, b) => b.at - a.at)
  const few = new Set([...open.slice(0, QUESTIONS), ...newest.slice(0, QUESTIONS)])
  const answered = all.filter(({ isAnswered }) => isAnswered).sort((a, b) => b.at - a.at)
  return { openQuestions: open.length, questions: [...few, ...answered.slice(0, QUESTIONS)] }
}

/** All that the desk page shows. */
function stateOf({ show, autopilot, earlier }, products, now) {
  const { status, pinned, chat } = show.facts
  return {
    epoch: show.epoch,
    seq: show.seq,
    status,
    startedAt: show.startedAt,
    hostName: show.hostName,
    audience: show.audience,
    autopilot: autopilot.isOn,
    pinned,
    chat,
    offers: [...show.facts.offers.values()]
      .filter(({ terms, closed }) => terms && !closed)
      .map(({ terms, isOpen = false }) => ({ ...terms, isOpen })),
    polls: show.polls.open().map((poll) => ({ ...poll, isEnding: poll.closesAt <= now })),
    raffles: show.raffles.list(),
    earlierRaffles: earlier.raffles(),
    cards: [...show.facts.cards.values()],
    ...questionsOf(show),
    followers: show.crowd.followers,
    reports: show.crowd.reports(),
    muted: show.crowd.muted(),
    hearts: show.hearts,
    pinnedMessage: show.facts.pinnedMessage,
    products: products.map(({ id, code, title, images, axes, variants }) => ({
      id,
      code,
      title: title.en,
      image: `/images/${images[0]}`,
      variants: variants.map((variant) => ({
        id: variant.id,
        stock: variant.stock,
        title: axes
          .map((axis) => axis.values.find(({ id: value }) => value === variant.options[axis.id])?.label.en)
          .join(' / '),
      })),
    })),
  }
}

function servePage(files, request, response, url) {
  if (url.pathname === '/desk/') {
    response.writeHead(308, { location: '/desk' }).end()
    return
  }
  for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value)
  request.url = url.pathname === '/desk' ? '/index.html' : url.pathname.slice('/desk'.length)
  files(request, response, () => response.writeHead(404, { 'content-type': 'text/plain' }).end('Not here\n'))
}

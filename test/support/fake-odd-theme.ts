import { startFakeFront } from './fake-front.ts'

/** A fake shop whose theme does all that a theme may do to be hard on a guest in its pages. */
export interface FakeOddTheme {
  /** Its front page, in a folder of its host and of a language. */
  readonly url: string
  /** Who may see it at all: `user:password`. */
  readonly login: string
  stop(): Promise<void>
}

const LOGIN = 'clay:secret'
const FOLDER = '/laden'
const NONCE = 'b2Rk'
const POLICY = `default-src 'none'; script-src 'nonce-${NONCE}'; style-src 'nonce-${NONCE}'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types none`

/** Covers the page whenever something is added, keeps a name of ours, and has a tag of an older Castcart already. */
const THEME = `
var castcart = { theme: 'has a global of this name' }
const own = window.fetch
window.fetch = async (...given) => {
  const answer = await own(...given)
  if (String(given[0]?.url ?? given[0]).includes('add-item')) document.getElementById('drawer').hidden = false
  return answer
}
setInterval(async () => {
  const cart = await (await own('${FOLDER}/wp-json/wc/store/v1/cart')).json()
  document.getElementById('bag').textContent = 'Tasche (' + cart.items_count + ')'
}, 400)`

const front = `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Ton &amp; Laden, a fake shop with an odd theme</title>
<base href="/laden/de/"><link rel="https://api.w.org/" href="${FOLDER}/wp-json/">
<style nonce="${NONCE}">#drawer { position: fixed; inset: 0; z-index: 2147483647; background: #fffc } [hidden] { display: none } * { all: revert }</style></head>
<body class="home woocommerce-no-js"><a id="bag" href="kasse/">Tasche (0)</a><div id="drawer" hidden><button>Schließen</button></div>
<script nonce="${NONCE}">${THEME}</script><script nonce="${NONCE}" async src="${FOLDER}/castcart.js" data-show="nothing.json"></script></body></html>`

/** Starts it in front of a fake WooCommerce store at `behind`; each request wants the login. */
export async function startFakeOddTheme(behind: string): Promise<FakeOddTheme> {
  const body = { status: 200, headers: { 'content-security-policy': POLICY }, body: front }
  const wall = { status: 401, headers: { 'www-authenticate': 'Basic realm="Laden"' } }
  const isIn = `Basic ${Buffer.from(LOGIN).toString('base64')}`
  const { origin, stop } = await startFakeFront({
    pages: { [`${FOLDER}/de/`]: body, [`${FOLDER}/checkout/`]: body },
    behind,
    to: (path) => (path.startsWith(`${FOLDER}/wp-json/`) ? path.slice(FOLDER.length) : undefined),
    guard: ({ headers }) => (headers.authorization === isIn ? undefined : wall),
  })
  return { url: `${origin}${FOLDER}/de/`, login: LOGIN, stop }
}

import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

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
  const server = createServer((req, res) => {
    if (req.headers.authorization !== `Basic ${Buffer.from(LOGIN).toString('base64')}`) {
      res.writeHead(401, { 'www-authenticate': 'Basic realm="Laden"' }).end()
    } else if (req.url?.startsWith(`${FOLDER}/wp-json/`)) forward(req, res, behind)
    else {
      const isFront = req.url === `${FOLDER}/de/` || req.url === `${FOLDER}/checkout/`
      const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY }
      res.writeHead(isFront ? 200 : 404, headers).end(isFront ? front : '')
    }
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${FOLDER}/de/`,
    login: LOGIN,
    async stop() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

function forward(req: IncomingMessage, res: ServerResponse, behind: string): void {
  const { method, headers, url = '' } = req
  const far = ask(new URL(url.slice(FOLDER.length), behind), { method, headers }, (answer) => {
    res.writeHead(answer.statusCode ?? 502, { ...answer.headers, connection: 'close' })
    answer.pipe(res)
  })
  far.on('error', () => res.destroy())
  req.pipe(far)
}

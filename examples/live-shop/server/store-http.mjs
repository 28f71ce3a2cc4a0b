import { fileURLToPath } from 'node:url'
import sirv from 'sirv'
import { renderPage } from '../store/pages.mjs'
import { isLoopbackHost, PUBLIC } from './http.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** What is served as files, by the beginning of its path. `/castcart/` is the build, as a shop would host it. */
const FOLDERS = {
  '/castcart/': here('../../../dist/'),
  '/images/': here('../store/images/'),
  '/store/': here('../store/public/'),
  '/media/': here('../media/'),
}

/** Types that sirv does not know. */
const TYPES = { jsonl: 'application/jsonl; charset=utf-8', m3u8: 'application/vnd.apple.mpegurl' }

/**
 * A store: its pages, its files, and whatever else is asked first.
 *
 * Pages may go into the back-forward cache (`no-cache`, never `no-store`).
 * @param {object} options
 * @param {(request: object) => object} options.siteOf what a page knows, see `store/layout.mjs`; the language is set here
 * @param {Array<(request: object, response: object, url: URL) => boolean | Promise<boolean>>} [options.routes] asked in
 *   order before the files and pages; true means answered
 * @param {Record<string, string>} [options.folders] more folders of files
 */
export function createStoreHttp({ siteOf, routes = [], folders = {} }) {
  const files = Object.entries({ ...FOLDERS, ...folders }).map(([prefix, folder]) => [prefix, serveFolder(folder)])
  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://store')
    if (!isLoopbackHost(request)) return send(response, 403, 'This demo answers to this machine only\n')
    for (const route of routes) if (await route(request, response, url)) return
    const [prefix, serve] = files.find(([start]) => url.pathname.startsWith(start)) ?? []
    if (request.method === 'OPTIONS' && prefix) return response.writeHead(204, PUBLIC).end()
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'GET only\n')
    if (!serve) return sendPage(request, response, url, siteOf(request))
    request.url = url.pathname.slice(prefix.length - 1)
    serve(request, response, () => send(response, 404, 'Not here\n'))
  }
}

/** Files, looked up at every request and never cached without asking: a rebuild is seen at the next load. */
export const serveFolder = (folder) =>
  sirv(folder, {
    dev: true,
    etag: true,
    setHeaders: (response, path) => {
      response.setHeader('access-control-allow-origin', '*')
      response.setHeader('x-content-type-options', 'nosniff')
      const type = TYPES[path.slice(path.lastIndexOf('.') + 1)]
      if (type) response.setHeader('content-type', type)
    },
  })

function sendPage(request, response, url, site) {
  const language = url.searchParams.get('lang') === 'ru' ? 'ru' : 'en'
  const { status, body } = renderPage({ ...site, language }, url)
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'content-language': language,
    'cache-control': 'private, no-cache',
    'x-content-type-options': 'nosniff',
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function send(response, status, text) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text)
}

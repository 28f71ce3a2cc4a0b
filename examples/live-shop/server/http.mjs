/** Frames and bodies of more than this many bytes are refused unread. */
export const FRAME_LIMIT = 65_536

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/

/** Whether a request names this machine as its host: what a rebound domain name cannot do. */
export const isLoopbackHost = (request) => LOOPBACK.test(request.headers.host ?? '')

/** Whether it comes from a page of this machine, or from no page at all. */
export function isLoopbackOrigin(request) {
  const { origin } = request.headers
  return origin === undefined || (/^https?:\/\//.test(origin) && LOOPBACK.test(origin.replace(/^https?:\/\//, '')))
}

/** Whether it comes from a page of this very server: what a write by the host must. */
export const isOwnOrigin = (request) => request.headers.origin === `http://${request.headers.host}`

/** For answers that pages of other addresses may read; they carry nobody's credentials. */
export const PUBLIC = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'Authorization, Last-Event-ID, Content-Type',
  'access-control-expose-headers': 'Retry-After',
  'access-control-max-age': '7200',
}

/** Sends JSON. `undefined` sends the status alone. */
export function sendJson(response, status, body, headers = {}) {
  const text = body === undefined ? '' : JSON.stringify(body)
  response.writeHead(status, {
    ...(text ? { 'content-type': 'application/json; charset=utf-8' } : {}),
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    ...headers,
  })
  response.end(text)
}

/**
 * The JSON body of a request.
 * @returns {Promise<{ ok: true, body: unknown } | { ok: false, status: 400 | 413 | 415 }>}
 */
export async function readJson(request) {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) return refuse(request, 415)
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > FRAME_LIMIT) return refuse(request, 413)
    chunks.push(chunk)
  }
  try {
    return { ok: true, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) }
  } catch {
    return { ok: false, status: 400 }
  }
}

function refuse(request, status) {
  request.resume()
  return { ok: false, status }
}

/**
 * Listens on this machine only. A taken port gives way to the next free one of the following twenty; 0 takes any.
 * @param {import('node:http').Server} server
 * @param {number} port
 * @returns {Promise<number>} the port
 */
export function listen(server, port, tries = 20) {
  return new Promise((resolve, reject) => {
    const onError = (error) => {
      if (error.code !== 'EADDRINUSE' || tries <= 0 || port === 0) return reject(error)
      resolve(listen(server, port + 1, tries - 1))
    }
    server.once('error', onError)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', onError)
      resolve(server.address().port)
    })
  })
}

import { cleanText, cut } from './clean-text.mjs'
import { isOwnOrigin, readJson, sendJson } from './http.mjs'
import { openJsonLines } from './json-lines.mjs'

/**
 * Where questions go that are asked in a replay (`questionsTo` of the show document): `POST /questions`, kept in a file for the shop to read.
 * @param {{ file: string, now?: () => number }} options
 */
export async function createQuestionInbox({ file, now = Date.now }) {
  const store = await openJsonLines(file)
  return {
    /** All that was asked, oldest first: `{ at, showId, productId?, text, email? }`. */
    questions: store.lines,
    async handle(request, response, url) {
      if (request.method !== 'POST' || url.pathname !== '/questions') return false
      const read = isOwnOrigin(request) ? await readJson(request) : { ok: false, status: 403 }
      const text = cut(cleanText(read.body?.text), 300)
      if (!read.ok || !text) {
        request.resume()
        sendJson(response, read.ok ? 422 : read.status, { error: 'a question has words' })
        return true
      }
      const { showId, productId, email } = read.body
      await store.append(() => ({ at: now(), ...named({ showId, productId, email }), text }), true)
      sendJson(response, 200, { ok: true })
      return true
    },
    close: store.close,
  }
}

/** Of some fields those that are text, none too long. */
const named = (fields) =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (cleanText(value) ? [[name, cut(cleanText(value), 200)]] : [])),
  )

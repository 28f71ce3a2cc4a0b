import { byId } from './element.js'

const headers = { 'content-type': 'application/json' }

/** Says `done` when the desk has carried out a command. */
export const done = new EventTarget()

/** Tells the host in a line at the top, until something is done. */
export function toast(text) {
  byId('toast').textContent = text
}

/** The desk's state; `null` when nobody is signed in. */
export async function readState() {
  const response = await fetch('/desk/state')
  return response.status === 401 ? null : response.json()
}

/** @returns {Promise<string>} empty when it worked, else what to say */
export async function signIn(secret) {
  const response = await fetch('/desk/session', { method: 'POST', headers, body: JSON.stringify({ secret }) })
  if (response.ok) return ''
  return response.status === 429 ? 'Too many tries. Wait a moment.' : 'That is not the secret.'
}

export const signOut = () => fetch('/desk/session', { method: 'DELETE' })

/**
 * Speaks as the host. The same key is used again after a lost answer, so a command is never carried out twice.
 * @param {string} name
 * @param {object} [data]
 */
export async function command(name, data = {}) {
  const body = JSON.stringify({ name, data, key: crypto.randomUUID() })
  for (let tries = 0; tries < 3; tries++) {
    const response = await fetch('/desk/commands', { method: 'POST', headers, body }).catch(() => undefined)
    if (response?.status === 401) location.reload()
    if (!response || response.status === 503) continue
    const answer = await response.json().catch(() => ({ ok: false, message: `The desk answered ${response.status}` }))
    toast(answer.ok ? '' : answer.message)
    if (answer.ok) done.dispatchEvent(new Event('done'))
    return answer
  }
  toast('The desk does not answer. Is the server running?')
  return { ok: false }
}

/**
 * Follows the show as a viewer does. Comes back by itself; calls `onState` when something that the host did may have changed the state.
 * @param {{ onEvent: (event: object) => void, onState: () => void, onClock: (offset: number) => void }} to
 */
export function follow(to) {
  const socket = new WebSocket(`${location.protocol.replace('http', 'ws')}//${location.host}/events/socket`)
  const lost = 'Connecting …'
  socket.onopen = () => {
    if (byId('toast').textContent === lost) toast('')
    socket.send(JSON.stringify({ hello: { v: 1, locale: 'en', watching: false } }))
  }
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(data)
    if (frame.ping) {
      socket.send(JSON.stringify({ clock: performance.now() }))
      to.onClock(frame.ping - Date.now())
      to.onState()
    }
    for (const event of [frame].flat().filter(({ type }) => type)) {
      to.onEvent(event)
      if (event.seq) to.onState()
    }
  }
  socket.onclose = () => {
    toast(lost)
    setTimeout(() => follow(to), 1000)
  }
}

/** What has been said so far, and the newest of the rest. */
export async function readSnapshot() {
  const response = await fetch('/events/snapshot').catch(() => undefined)
  return response?.ok ? (await response.json()).events : []
}

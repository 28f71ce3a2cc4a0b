import type { AdapterContext, CloseCode, EventAdapter, EventSink } from '../model/adapter.ts'
import { arrive } from './arrive.ts'
import { type EngineSource, engineRequests } from './engine-requests.ts'
import { closeCode } from './request.ts'
import { attempt, beat, clientOf, handOver, onEnd, type ShopClient } from './shop-client.ts'

/** What is used of a Socket.IO client's socket; read from socket.io-client 4.8.4. */
export interface SocketIoClient {
  readonly connected: boolean
  /** Whether it is connected or tries by itself. */
  readonly active: boolean
  /** Whether the server brought what was missed (connection state recovery). */
  readonly recovered: boolean
  auth: Record<string, unknown> | ((give: (data: object) => void) => void)
  connect(): unknown
  on(event: string, listener: (...heard: unknown[]) => void): unknown
  off(event: string, listener: (...heard: unknown[]) => void): unknown
  timeout(ms: number): { emitWithAck(event: string, ...said: unknown[]): Promise<unknown> }
}

/** Ms that Socket.IO may take to bridge a drop by itself before the link is told. */
const BRIDGE = 5000
/** Ms that an answer may take. */
const PATIENCE = 10_000

/**
 * Events over the shop's own Socket.IO socket. Socket.IO dials and redials; a drop that it bridges within 5 s without a loss
 * (connection state recovery) is none to the viewer. Where the socket neither stands nor tries, the link's attempts dial, with the
 * page's token as `auth.token` unless the shop's `auth` is a function. Questions and actions are emitted and acknowledged.
 * @param source `event`: the name of the event that carries ours, one or a list as its first argument; absent: `castcart`.
 *   `snapshot`, `history`, `send`: an http(s) address, or the name of an event that is acknowledged with the answer
 */
export function socketio(
  source: EngineSource & { readonly socket: ShopClient<SocketIoClient>; readonly event?: string | undefined },
): EventAdapter {
  const { event = 'castcart' } = source
  const ask = async (name: string, question: unknown, context: AdapterContext) => {
    const socket = await clientOf(source.socket)
    await dial(socket, context)
    return socket.timeout(PATIENCE).emitWithAck(name, question)
  }
  const log = engineRequests(source, ask)
  return {
    name: 'socketio',
    ...log,
    connect(to, given) {
      attempt('socketio', { sink: to, context: given }, async (sink, context) => {
        const socket = await clientOf(source.socket)
        if (context.signal.aborted) return
        follow(socket, { event, sink, context }, () => arrive({ source, log, ask }, sink, context))
        await dial(socket, context)
      })
    },
  }
}

async function dial(socket: SocketIoClient, { getToken, signal }: AdapterContext) {
  if (socket.active) return
  if (getToken && typeof socket.auth !== 'function') socket.auth = { ...socket.auth, token: await getToken() }
  if (!signal.aborted && !socket.active) socket.connect()
}

function follow(
  socket: SocketIoClient,
  { event, sink, context }: { event: string; sink: EventSink; context: AdapterContext },
  stand: () => void,
) {
  let stands = false
  let bridging: ReturnType<typeof setTimeout> | undefined
  const lost = () => sink.closed({ code: 'network' })
  const listeners: Record<string, (...heard: unknown[]) => void> = {
    [event]: (raw) => handOver(raw, sink),
    connect() {
      clearTimeout(bridging)
      if (!stands) stand()
      else if (!socket.recovered) lost()
      stands = true
    },
    disconnect() {
      // Where the server hung up, Socket.IO does not dial again by itself.
      if (socket.active && stands) bridging = setTimeout(lost, BRIDGE)
      else lost()
    },
    connect_error(error) {
      // A refusal by the server's middleware is final to Socket.IO; anything else it tries again.
      if (!socket.active) sink.closed({ code: refusal(error) })
    },
  }
  for (const [name, listener] of Object.entries(listeners)) socket.on(name, listener)
  onEnd(context, () => {
    clearTimeout(bridging)
    for (const [name, listener] of Object.entries(listeners)) socket.off(name, listener)
  })
  beat(() => socket.connected, sink, context.signal)
  if (socket.connected) listeners.connect?.()
}

/** By a status in the error's data, as servers write it, else by its words. */
function refusal(error: unknown): CloseCode {
  const { message, data } = Object(error) as { message?: unknown; data?: unknown }
  const { status, code } = Object(data) as Record<string, unknown>
  const number = Number(status ?? code)
  if (number >= 400) return closeCode(number)
  if (/forbidden|denied|not allowed/i.test(`${message}`)) return 'denied'
  return /unauthori[sz]ed|not authori[sz]ed|authenticat|token|jwt/i.test(`${message}`) ? 'unauthorized' : 'network'
}

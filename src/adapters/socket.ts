import { readJson } from '../lib/read-json.ts'
import { ACTION_TYPES, type ActionType, type ViewerAction } from '../model/action.ts'
import type { AdapterContext, CloseCode, EventAdapter, EventSink } from '../model/adapter.ts'
import { logRequests } from './log-requests.ts'
import { closeCode } from './request.ts'

interface Line {
  readonly socket: WebSocket
  /** Actions that wait for their answer, by key. */
  readonly pending: Map<string, { resolve(answer: unknown): void; reject(cause: Error): void }>
}

/**
 * Events over a WebSocket; the wire is in docs/protocol.md.
 * @param source `url`: `ws:`, `wss:`, or `http(s):` which means the same host; `snapshot`, `history`: addresses, absent: the server has none
 */
export function socket(source: {
  readonly url: string
  readonly snapshot?: string | undefined
  readonly history?: string | undefined
  readonly actions?: readonly ActionType[] | undefined
}): EventAdapter {
  let line: Line | undefined
  return {
    name: 'socket',
    actions: source.actions ?? ACTION_TYPES,
    ...logRequests(source),
    async connect(sink, context) {
      try {
        const token = await context.getToken?.()
        if (!context.signal.aborted) line = open(source.url.replace(/^http/, 'ws'), token, sink, context)
      } catch (cause) {
        sink.problem(`socket: ${cause}`)
        sink.closed({ code: 'network' })
      }
    },
    send: (action) => tell(line, action),
  }
}

function open(
  url: string,
  token: string | undefined,
  sink: EventSink,
  { signal, since, locale }: AdapterContext,
): Line {
  const socket = new WebSocket(url)
  const line: Line = { socket, pending: new Map() }
  const say = (frame: unknown) => socket.send(JSON.stringify(frame))
  let stands = false

  function drop(code: CloseCode, retryAfter?: number) {
    for (const { reject } of line.pending.values()) reject(new Error('the socket closed'))
    line.pending.clear()
    sink.closed({ code, retryAfter })
  }

  socket.onopen = () => {
    const from = since && { epoch: since.epoch, seq: since.seq }
    say({ hello: { v: 1, locale, since: from, token } })
    say({ clock: Date.now() })
  }
  socket.onmessage = ({ data }) => {
    if (!stands) sink.open()
    stands = true
    const frame = readJson(data)
    if (frame && typeof frame === 'object' && !('type' in frame) && !Array.isArray(frame)) hear(frame, line, sink, say)
    else sink.events(Array.isArray(frame) ? frame : [frame ?? data])
  }
  // `close` follows and says more; outside a browser an unheard error would end the program.
  socket.onerror = () => {}
  socket.onclose = ({ code, reason }) => {
    const seconds = Number(reason)
    drop(closeOf(code), seconds > 0 ? seconds : undefined)
  }
  signal.addEventListener('abort', () => {
    socket.onmessage = socket.onclose = socket.onopen = null
    drop('network')
    socket.close()
  })
  return line
}

/** A control frame; one of unknown shape may be a message of another make, for `map`, and is counted where nothing maps it. */
function hear(frame: object, { pending }: Line, sink: EventSink, say: (frame: unknown) => void) {
  const { ping, clock, at, epoch, seq, ack } = frame as Record<string, unknown>
  if (typeof clock === 'number' && typeof at === 'number') {
    sink.clock({ sentAt: clock, receivedAt: Date.now(), serverAt: at })
  } else if (ping !== undefined) {
    say({ clock: Date.now() })
    if (typeof epoch === 'string' && typeof seq === 'number') sink.newest({ epoch, seq })
    else sink.events([])
  } else if (typeof ack === 'string') {
    pending.get(ack)?.resolve(frame)
    pending.delete(ack)
  } else sink.events([frame])
}

function closeOf(code: number): CloseCode {
  if (code === 1008) return 'denied'
  return closeCode(code === 1013 ? 503 : code - 4000)
}

/** Rejects where the line is down or falls before the answer; the link tries again with the same key. */
function tell(line: Line | undefined, action: ViewerAction): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (line?.socket.readyState !== WebSocket.OPEN) throw new Error('no socket')
    line.pending.set(action.key, { resolve, reject })
    line.socket.send(JSON.stringify({ action }))
  })
}

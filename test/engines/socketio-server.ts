import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { io, type Socket } from 'socket.io-client'
import { socketio } from '../../src/adapters/socketio.ts'
import type { Engine, EngineShow } from './engine.ts'
import { type LogServer, startLogServer } from './log-server.ts'

/** A Socket.IO server with connection state recovery; every show is a namespace that answers `snapshot`, `history` and `send`. */
export interface SocketIoServer {
  /** Ends with a slash. */
  readonly url: string
  readonly io: Server
  stop(): Promise<void>
}

/** Starts one. It beats twice a second, so that dead lines are noticed soon. */
export async function startSocketIo(): Promise<SocketIoServer> {
  const http = createServer()
  const server = new Server(http, {
    connectionStateRecovery: {},
    pingInterval: 500,
    pingTimeout: 500,
    serveClient: false,
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/`,
    io: server,
    stop: () => server.close(),
  }
}

/** Lets viewers of a namespace ask, and in with the log's token only where it has one. */
export function serveShow({ io }: SocketIoServer, name: string, log: LogServer): void {
  const space = io.of(`/${name}`)
  space.use((socket, next) => {
    const status = log.refuse ?? (log.token === undefined || socket.handshake.auth.token === log.token ? 0 : 401)
    next(status ? Object.assign(new Error('refused'), { data: { status } }) : undefined)
  })
  space.on('connection', (socket) => {
    for (const question of ['snapshot', 'history', 'send']) {
      socket.on(question, (asked: unknown, answer: unknown) => {
        if (typeof answer === 'function') answer(log.answer(question, asked))
      })
    }
  })
}

/** The shop's own socket, which redials at once. */
export function connectSocketIo(url: string, name: string, more: { autoConnect?: boolean } = {}): Socket {
  const patience = { reconnectionDelay: 20, reconnectionDelayMax: 200, timeout: 2000 }
  return io(`${url}${name}`, { transports: ['websocket'], forceNew: true, ...patience, ...more })
}

/** Socket.IO as an engine. */
export async function socketIoEngine(): Promise<Engine> {
  const server = await startSocketIo()
  return {
    async openShow(name): Promise<EngineShow> {
      const log = await startLogServer()
      serveShow(server, name, log)
      return {
        log,
        target: server.url,
        publish: (event) => void server.io.of(`/${name}`).emit('castcart', event),
        async viewer({ engine, log: at }) {
          const socket = connectSocketIo(engine, name)
          return {
            adapter: socketio({ socket, snapshot: `${at}snapshot`, history: `${at}history` }),
            close: () => void socket.close(),
          }
        },
        stop: log.stop,
      }
    },
    stop: server.stop,
  }
}

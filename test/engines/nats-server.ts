import { writeFile } from 'node:fs/promises'
import { jetstreamManager } from '@nats-io/jetstream'
import { type NatsConnection, wsconnect } from '@nats-io/nats-core'
import { nats } from '../../src/adapters/nats.ts'
import { natsCore } from '../../src/adapters/nats-core.ts'
import type { Engine, EngineShow } from './engine.ts'
import { startLogServer } from './log-server.ts'
import { freePort, startServer, tempFolder } from './run-server.ts'

/** A nats-server with JetStream and a WebSocket. `viewer` may only listen, below `show.`; so may whoever has no name. */
export interface NatsServer {
  /** Of its WebSocket, with `http:`; ends with a slash. */
  readonly url: string
  /** A connection that may do everything. */
  readonly studio: NatsConnection
  /** Subjects that a client of this name is subscribed to, its own inbox for answers left out. */
  subscriptions(client: string): Promise<readonly string[]>
  stop(): Promise<void>
}

/** What the user `viewer` must say. */
export const VIEWER_PASSWORD = 's3cret'

/** Starts one, with its data in a folder of its own. */
export async function startNatsServer(): Promise<NatsServer> {
  const folder = await tempFolder()
  const [port = 0, socketPort = 0, monitorPort = 0] = await Promise.all([freePort(), freePort(), freePort()])
  const file = `${folder.path}/nats.conf`
  const reading = '{ publish: ["show.*.ask.>", "$JS.API.CONSUMER.CREATE.>"], subscribe: ["show.>", "_INBOX.>"] }'
  await writeFile(
    file,
    `
host: 127.0.0.1, port: ${port}, http: "127.0.0.1:${monitorPort}"
websocket { host: 127.0.0.1, port: ${socketPort}, no_tls: true }
jetstream { store_dir: "${folder.path}" }
no_auth_user: guest
authorization { users: [
  { user: studio, password: studio }
  { user: viewer, password: ${VIEWER_PASSWORD}, permissions: ${reading} }
  { user: guest, password: "", permissions: ${reading} }
] }
`,
  )
  const server = await startServer('nats-server', ['-c', file], socketPort)
  const url = `http://127.0.0.1:${socketPort}/`
  const studio = await wsconnect({ servers: url.replace('http', 'ws'), user: 'studio', pass: 'studio' })
  return {
    url,
    studio,
    async subscriptions(client) {
      const answer = await fetch(`http://127.0.0.1:${monitorPort}/connz?subs=1`)
      const { connections } = (await answer.json()) as {
        connections: { name?: string; subscriptions_list?: string[] }[]
      }
      const own = connections.filter(({ name }) => name === client)
      return own.flatMap(({ subscriptions_list: list = [] }) => list).filter((subject) => !subject.endsWith('.*'))
    },
    async stop() {
      await studio.close()
      await server.kill()
      await folder.remove()
    },
  }
}

/** The shop's own connection, which redials at once and notices soon that nobody is there. */
export function connectNats(url: string, name: string): Promise<NatsConnection> {
  return wsconnect({
    servers: url.replace('http', 'ws'),
    name,
    maxReconnectAttempts: -1,
    waitOnFirstConnect: true,
    reconnectTimeWait: 20,
    reconnectJitter: 0,
    // What a broken line garbles may look like a wrong password.
    ignoreAuthErrorAbort: true,
    pingInterval: 500,
    maxPingOut: 2,
    timeout: 2000,
  })
}

/** nats-server as an engine: `core` by the hand-written subscriber, `stream` by JetStream over the real client. */
export async function natsEngine(kind: 'core' | 'stream'): Promise<Engine> {
  const server = await startNatsServer()
  const manager = await jetstreamManager(server.studio)
  return {
    async openShow(name): Promise<EngineShow> {
      const log = await startLogServer()
      const subject = `show.${name}.events`
      if (kind === 'stream') await manager.streams.add({ name, subjects: [subject] })
      return {
        log,
        target: server.url,
        async publish(event) {
          server.studio.publish(subject, JSON.stringify(event))
          await server.studio.flush()
        },
        async viewer({ engine, log: at }) {
          const logs = { snapshot: `${at}snapshot`, history: `${at}history` }
          if (kind === 'core') {
            return { adapter: natsCore({ url: engine.replace('http', 'ws'), subject, ...logs }), close() {} }
          }
          const connection = await connectNats(engine, name)
          return {
            adapter: nats({ connection, subject, stream: name, snapshot: logs.snapshot }),
            close: () => connection.close(),
          }
        },
        stop: log.stop,
      }
    },
    stop: server.stop,
  }
}

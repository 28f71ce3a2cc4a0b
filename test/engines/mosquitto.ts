import { writeFile } from 'node:fs/promises'
import { connectAsync, type MqttClient } from 'mqtt'
import { mqtt } from '../../src/adapters/mqtt.ts'
import type { Engine, EngineShow } from './engine.ts'
import { startLogServer } from './log-server.ts'
import { freePort, startServer, tempFolder } from './run-server.ts'

/** A mosquitto with a WebSocket. Whoever has no name may listen everywhere and ask below `show/<name>/ask/`. */
export interface Mosquitto {
  /** With `http:`; ends with a slash. */
  readonly url: string
  /** A client that may do everything. */
  readonly studio: MqttClient
  /** Lines of its log so far. */
  log(): readonly string[]
  stop(): Promise<void>
}

/** Starts one. */
export async function startMosquitto(): Promise<Mosquitto> {
  const folder = await tempFolder()
  const [port, plainPort] = [await freePort(), await freePort()]
  const file = `${folder.path}/mosquitto.conf`
  // Without a password file names are believed, which only a test may do.
  const rules = ['topic read #', 'topic write show/+/ask/+', 'topic readwrite castcart/replies/+']
  await writeFile(`${folder.path}/acl`, [...rules, 'user studio', 'topic readwrite #', ''].join('\n'))
  // 2.0.11 ends where all its listeners are WebSockets, so it has a plain one too.
  const lines = [
    ...[`listener ${port} 127.0.0.1`, 'protocol websockets', `listener ${plainPort} 127.0.0.1`, 'user root'],
    ...['allow_anonymous true', `acl_file ${folder.path}/acl`, 'log_dest stdout', 'log_type all'],
    ...['max_queued_messages 10000', 'persistence false', ''],
  ]
  await writeFile(file, lines.join('\n'))
  const server = await startServer('mosquitto', ['-c', file], port)
  const url = `http://127.0.0.1:${port}/`
  const studio = await connectMqtt(url, { username: 'studio' })
  return {
    url,
    studio,
    log: () => server.output().split('\n'),
    async stop() {
      await studio.endAsync(true)
      await server.kill()
      await folder.remove()
    },
  }
}

/** The shop's own client, which redials at once, after a refusal too, and notices soon that nobody is there. */
export function connectMqtt(url: string, options: { username?: string; clientId?: string } = {}): Promise<MqttClient> {
  const patience = { reconnectPeriod: 20, connectTimeout: 2000, keepalive: 1, reconnectOnConnackError: true }
  return connectAsync(url.replace('http', 'ws'), { ...patience, ...options })
}

/** mosquitto as an engine: events at QoS 1, what was missed by HTTP. */
export async function mosquittoEngine(): Promise<Engine> {
  const server = await startMosquitto()
  return {
    async openShow(name): Promise<EngineShow> {
      const log = await startLogServer()
      const topic = `show/${name}/events`
      return {
        log,
        target: server.url,
        async publish(event) {
          await server.studio.publishAsync(topic, JSON.stringify(event), { qos: 1 })
        },
        async viewer({ engine, log: at }) {
          const client = await connectMqtt(engine)
          client.on('error', () => {})
          return {
            adapter: mqtt({ client, topic, snapshot: `${at}snapshot`, history: `${at}history` }),
            async close() {
              await client.endAsync(true)
            },
          }
        },
        stop: log.stop,
      }
    },
    stop: server.stop,
  }
}

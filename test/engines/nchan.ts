import { writeFile } from 'node:fs/promises'
import { sse } from '../../src/adapters/sse.ts'
import type { Engine, EngineShow } from './engine.ts'
import { startLogServer } from './log-server.ts'
import { freePort, type RunningServer, startServer, tempFolder } from './run-server.ts'

/** nginx with nchan on two nodes over one Redis: what is published on the first is read on the second. */
export interface Nchan {
  /** The node that viewers read from; ends with a slash. `events/<channel>` is a stream. */
  readonly url: string
  /** Sends a text to a channel's streams, by the first node. */
  publish(channel: string, text: string): Promise<void>
  /** Streams that are open on the node that viewers read from. */
  subscribers(): Promise<number>
  /** Kills the node that viewers read from, and starts it again. */
  crash(): Promise<void>
  stop(): Promise<void>
}

/** @param auth address that is asked whether a viewer may read, with the viewer's headers; absent: everyone may */
export async function startNchan(auth?: string): Promise<Nchan> {
  const folder = await tempFolder()
  const [redisPort, ...ports] = await Promise.all([freePort(), freePort(), freePort()])
  const args = ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--dir', folder.path]
  const redis = await startServer('redis-server', args, redisPort)
  const startNode = async (index: number): Promise<RunningServer> => {
    const port = ports[index] ?? 0
    const file = `${folder.path}/node-${index}.conf`
    await writeFile(file, config({ port, redisPort, auth, prefix: `${folder.path}/node-${index}` }))
    return startServer('nginx', ['-c', file, '-p', folder.path, '-e', `${folder.path}/error-${index}.log`], port)
  }
  const first = await startNode(0)
  let second = await startNode(1)
  return {
    url: `http://127.0.0.1:${ports[1]}/`,
    async publish(channel, text) {
      const answer = await fetch(`http://127.0.0.1:${ports[0]}/publish/${channel}`, { method: 'POST', body: text })
      if (!answer.ok) throw new Error(`nchan answered ${answer.status}`)
      await answer.arrayBuffer()
    },
    async subscribers() {
      const status = await (await fetch(`http://127.0.0.1:${ports[1]}/status`)).text()
      return Number(/subscribers: (\d+)/.exec(status)?.[1])
    },
    async crash() {
      await second.kill()
      second = await startNode(1)
    },
    async stop() {
      await Promise.all([first.kill(), second.kill()])
      await redis.kill()
      await folder.remove()
    },
  }
}

interface NodeOptions {
  readonly port: number
  readonly redisPort: number
  readonly auth: string | undefined
  readonly prefix: string
}

/** One process, no daemon: it ends when it is killed. */
function config({ port, redisPort, auth, prefix }: NodeOptions): string {
  return `
load_module /usr/lib/nginx/modules/ngx_nchan_module.so;
daemon off;
master_process off;
pid ${prefix}.pid;
error_log ${prefix}.log warn;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path ${prefix}-body; proxy_temp_path ${prefix}-proxy; fastcgi_temp_path ${prefix}-f; uwsgi_temp_path ${prefix}-u; scgi_temp_path ${prefix}-s;
  upstream log { nchan_redis_server redis://127.0.0.1:${redisPort}; }
  server {
    listen 127.0.0.1:${port};
    location ~ ^/publish/(.+)$ {
      nchan_publisher;
      nchan_channel_id $1;
      nchan_redis_pass log;
      nchan_message_buffer_length 5000;
      nchan_message_timeout 10m;
    }
    location ~ ^/events/(.+)$ {
      nchan_subscriber eventsource;
      nchan_channel_id $1;
      nchan_redis_pass log;
      nchan_subscriber_first_message newest;
      nchan_eventsource_ping_interval 15;
      ${auth ? 'nchan_authorize_request /auth;' : ''}
    }
    location = /status { nchan_stub_status; }
    location = /auth { internal; proxy_pass ${auth ?? 'http://127.0.0.1:1'}; proxy_pass_request_body off; proxy_set_header Content-Length ""; }
  }
}
`
}

/** nchan as an engine: Last-Event-ID brings what was missed, HTTP what the buffer no longer has. */
export async function nchanEngine(): Promise<Engine> {
  const nchan = await startNchan()
  return {
    async openShow(name): Promise<EngineShow> {
      const log = await startLogServer()
      return {
        log,
        target: nchan.url,
        publish: (event) => nchan.publish(name, JSON.stringify(event)),
        viewer: async ({ engine, log: at }) => ({
          adapter: sse({
            dialect: 'nchan',
            url: `${engine}events/${name}`,
            snapshot: `${at}snapshot`,
            history: `${at}history`,
          }),
          close() {},
        }),
        stop: log.stop,
      }
    },
    stop: nchan.stop,
  }
}

import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { feed } from '../../src/adapters/feed.ts'
import { createFeedWriter, type FeedFile } from '../../src/feed.ts'
import type { Engine, EngineShow } from './engine.ts'
import { startLogServer } from './log-server.ts'
import { freePort, startServer, tempFolder } from './run-server.ts'

/** A plain nginx that serves a folder, behind two caches of 3 s that take turns and do not agree. */
export interface StaticHost {
  /** What viewers ask; ends with a slash. */
  readonly url: string
  /** Writes, after what was to be written before. */
  put(files: readonly FeedFile[], below?: string): Promise<void>
  stop(): Promise<void>
}

/** @param stale seconds that a cache keeps what it has; 0: there is none */
export async function startStaticHost(stale = 3): Promise<StaticHost> {
  const folder = await tempFolder()
  const root = `${folder.path}/root`
  const [front = 0, origin = 0, one = 0, two = 0] = await Promise.all([freePort(), freePort(), freePort(), freePort()])
  await mkdir(root, { mode: 0o755 })
  const file = `${folder.path}/nginx.conf`
  await writeFile(file, config({ root, prefix: folder.path, stale, front, origin, edges: [one, two] }))
  const server = await startServer('nginx', ['-c', file, '-p', folder.path, '-e', `${folder.path}/error.log`], front)
  let writing = Promise.resolve()
  return {
    url: `http://127.0.0.1:${front}/`,
    put(files, below = '') {
      writing = writing.then(async () => {
        for (const { name, text } of files) await write(`${root}/${below}${name}`, text)
      })
      return writing
    },
    async stop() {
      await server.kill()
      await folder.remove()
    },
  }
}

/** Nobody reads half of it. */
async function write(path: string, text: string) {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.new`, text)
  await rename(`${path}.new`, path)
}

interface HostOptions {
  readonly root: string
  readonly prefix: string
  readonly stale: number
  readonly front: number
  readonly origin: number
  readonly edges: readonly number[]
}

function config({ root, prefix, stale, front, origin, edges }: HostOptions): string {
  const edge = (port: number) => `
  proxy_cache_path ${prefix}/cache-${port} keys_zone=z${port}:1m;
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://127.0.0.1:${origin};
      proxy_cache z${port};
      proxy_cache_valid 200 ${stale}s;
      proxy_ignore_headers Cache-Control Expires;
    }
  }`
  const upstreams = stale ? edges : [origin]
  return `
daemon off;
master_process off;
pid ${prefix}/pid;
error_log ${prefix}/error.log warn;
events { worker_connections 1024; }
http {
  access_log off;
  types { application/json json; }
  client_body_temp_path ${prefix}/b; proxy_temp_path ${prefix}/p; fastcgi_temp_path ${prefix}/f; uwsgi_temp_path ${prefix}/u; scgi_temp_path ${prefix}/s;
  upstream edges { ${upstreams.map((port) => `server 127.0.0.1:${port};`).join(' ')} }
  server { listen 127.0.0.1:${origin}; root ${root}; }
  server { listen 127.0.0.1:${front}; location / { proxy_pass http://edges; } }
  ${edges.map(edge).join('')}
}
`
}

/** A static host as an engine: what is published is cut ten times a second. */
export async function staticEngine(): Promise<Engine> {
  const host = await startStaticHost()
  return {
    async openShow(name): Promise<EngineShow> {
      const log = await startLogServer()
      const writer = createFeedWriter({ epoch: log.epoch, every: 0.1, window: 1e12 })
      const cut = () => host.put(writer.cut(Date.now()), `${name}/`)
      await cut()
      const timer = setInterval(cut, 100)
      return {
        log,
        target: host.url,
        publish: (event) => writer.add(event),
        viewer: async ({ engine }) => ({ adapter: feed({ url: `${engine}${name}/index.json` }), close() {} }),
        async stop() {
          clearInterval(timer)
          await cut()
          await log.stop()
        },
      }
    },
    stop: host.stop,
  }
}

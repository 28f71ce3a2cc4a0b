import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const isEngine = (name: string) => /^app\/hls(\.light)?-/.test(name)
const scripts = ['castcart.js', 'castcart.all.js', ...readdirSync('dist/app').map((name) => `app/${name}`)].filter(
  (name) => name.endsWith('.js'),
)
const read = (name: string) => readFileSync(`dist/${name}`, 'utf8')
/** The engine brings its own words; what holds for our code is asked of the files without it. */
const own = scripts.filter((name) => !isEngine(name) && !['castcart.all.js', 'app/whole.js'].includes(name))
const breaking = (names: readonly string[], pattern: RegExp) => names.filter((name) => pattern.test(read(name)))

describe('script bundles', () => {
  it('are the loader, the one file, the app and its chunks', () => {
    expect(own.length).toBeGreaterThan(5)
  })

  it('never mention process, which a page does not have', () => {
    expect(breaking(scripts, /\bprocess\.(env|version|nextTick)/)).toEqual([])
    expect(breaking(own, /\bprocess\b/)).toEqual([])
  })

  it('never run text', () => {
    expect(breaking(scripts, /\beval\(|new Function\(/)).toEqual([])
    expect(breaking(own, /insertAdjacentHTML|document\.write/)).toEqual([])
  })

  it('have no zod: the tag carries its smaller double', () => {
    expect(breaking(scripts, /ZodMini|_zod/)).toEqual([])
  })

  it('have the loader in one classic script, without imports of its own', () => {
    expect(read('castcart.js')).not.toMatch(/^\s*import[\s{*"']|^\s*export\b/m)
    expect(read('castcart.js')).toMatch(/app\/app-[\w-]+\.js/)
  })

  it('have everything in the one file, with nothing left to fetch', () => {
    for (const name of ['castcart.all.js', 'app/whole.js']) expect(read(name)).not.toMatch(/\bimport\(/)
  })
})

describe('types', () => {
  const types = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.d.ts'))

  it('never mention zod', () => {
    expect(types.length).toBeGreaterThan(8)
    expect(breaking(types, /\bzod\b/i)).toEqual([])
  })
})

describe('engines', () => {
  /** What is in the code of an engine's adapter and of no other, in a form that no minifier changes. */
  const MARKS: Record<string, RegExp> = {
    ably: /untilAttach/,
    centrifugo: /newSubscription\(/,
    mqtt: /castcart\/replies\//,
    nats: /\$JS\.API/,
    'nats-core': /no_responders/,
    pusher: /pusher:subscription_error/,
    socketio: /emitWithAck\(/,
    map: /\$switch/,
    combine: /\.join\(['"]\+['"]\)/,
  }
  const CLIENTS = /^(@nats-io\/.*|nats|mqtt|centrifuge|pusher-js|ably|socket\.io-client)$/
  const importsOf = (code: string) => [...code.matchAll(/(?:from|import)\s*["']([^"']+)["']/g)].map(([, to = '']) => to)

  /** A file of `dist/` with all that it imports at once. */
  function closure(name: string, found = new Set<string>()): Set<string> {
    if (found.has(name)) return found
    found.add(name)
    for (const to of importsOf(read(name))) if (to.startsWith('.')) closure(join(dirname(name), to), found)
    return found
  }
  const marksIn = (names: Iterable<string>) =>
    Object.keys(MARKS).filter((engine) => [...names].some((name) => MARKS[engine]?.test(read(name))))

  it.each(Object.keys(MARKS))('costs an npm page that imports %s nothing of the others', (engine) => {
    expect(marksIn(closure(`adapters/${engine}.js`))).toEqual([engine])
  })

  it('costs an npm page that names none nothing', () => {
    for (const entry of ['index.js', 'element.js', 'room.js', 'adapters/socket.js', 'adapters/feed.js']) {
      expect(marksIn(closure(entry))).toEqual([])
    }
  })

  const app = own.filter((name) => name.startsWith('app/'))

  it('has each in a file of its own for the tag, loaded when a show names it', () => {
    for (const engine of Object.keys(MARKS)) {
      const [file, ...more] = app.filter((name) => MARKS[engine]?.test(read(name)))
      expect(more).toEqual([])
      expect(marksIn(closure(`${file}`))).toEqual([engine])
    }
  })

  interface Chunk {
    readonly file: string
    readonly imports: readonly string[]
    readonly modules: Readonly<Record<string, number>>
  }
  const chunks = JSON.parse(read('app/manifest.json')) as readonly Chunk[]
  const ADAPTERS = readdirSync('src/adapters')
    .map((name) => `src/adapters/${name}`)
    .filter((path) => /^(export function .*|\}?)\): (Event|Push)Adapter \{$/m.test(readFileSync(path, 'utf8')))
  /** The modules of a chunk and of all that it imports at once. */
  const modulesWith = (file: string, found = new Set<string>()): string[] => {
    const chunk = chunks.find((one) => one.file === file)
    if (!chunk || found.has(file)) return []
    found.add(file)
    return [...Object.keys(chunk.modules), ...chunk.imports.flatMap((name) => modulesWith(name, found))]
  }

  it('loads with each adapter of the tag no other, by the lists of modules', () => {
    expect(ADAPTERS.length).toBe(15)
    for (const path of ADAPTERS) {
      const chunk = chunks.find(({ modules }) => path in modules)
      const loaded = modulesWith(chunk?.file ?? '').filter((module) => ADAPTERS.includes(module))
      expect(loaded, path).toEqual([path])
    }
  })

  it('costs a tag nothing before a show names it: the loader, the app and what runs a show have none', () => {
    const running = app.filter((name) => /app\/(app|conduct)-/.test(name))
    expect(running).toHaveLength(2)
    expect(marksIn(['castcart.js', ...running.flatMap((name) => [...closure(name)])])).toEqual([])
  })

  it('never takes in a client library: the page brings its own', () => {
    const npm = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((name) => /\.js$/.test(name))
    const taken = npm.flatMap((name) => importsOf(read(name)).filter((to) => CLIENTS.test(to)))
    expect(npm.length).toBeGreaterThan(30)
    expect(taken).toEqual([])
    const { dependencies, peerDependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => CLIENTS.test(name))).toEqual([])
  })
})

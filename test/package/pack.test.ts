import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = process.cwd()
const project = mkdtempSync(join(tmpdir(), 'castcart-pack-'))
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))

const USE = `
import { CastcartError, createWidget, type Options, type PublicEvents, type Widget } from 'castcart'
import { CAST_CART_ATTRIBUTES, type CastCartElement } from 'castcart/element'
import { compact, emptyRoom, fold, type Room } from 'castcart/room'
import { socket } from 'castcart/adapters/socket'
import { shopify } from 'castcart/cart/shopify'
import { callback } from 'castcart/track/callback'
import { ru } from 'castcart/text/ru'

const options: Options = {
  show: '/shows/friday.json',
  cart: shopify(),
  adapter: socket({ url: 'wss://desk.example/events' }),
  track: [callback((name) => console.log(name))],
  text: ru,
}
export function start(): Widget {
  const widget = createWidget(options)
  const stop: () => void = widget.on('cart-added', (event: PublicEvents['cart-added']) => console.log(event.quantity, event.price?.amount))
  stop()
  return widget
}
export const room: Room = fold(emptyRoom(), {})
export const attributes: readonly string[] = CAST_CART_ATTRIBUTES
export const element = (): CastCartElement => document.createElement('cast-cart')
export const code: string = new CastcartError('no-show', 'gone').code
export const newest: number = compact([]).seq

// A bridge, an adapter and what the viewer agreed to, as a page writes them in place: no type has to be named.
createWidget({
  show: '/shows/friday.json',
  cart: {
    name: 'own',
    add: async (line) => ({ outcome: 'rejected', reason: 'refused', message: String(line.quantity) }),
  },
  adapter: { name: 'own', connect: (sink, { signal }) => signal.addEventListener('abort', () => sink.closed({ code: 'ended' })) },
  consent: (tell) => tell({ storage: true, analytics: true, marketing: false }),
  track: [{ name: 'own', track: (name, payload) => console.log(name, payload) }],
})
createWidget({ show: '#friday', cart: { bridge: 'vendure', api: '/shop-api' } })

// @ts-expect-error a show is required
createWidget({ shwo: '/shows/friday.json' })
// @ts-expect-error there is no such theme
createWidget({ show: '/shows/friday.json', theme: 'pink' })
// @ts-expect-error a widget has no such event
createWidget(options).on('cart-exploded', () => {})
// @ts-expect-error quantities are numbers
createWidget(options).on('cart-added', (event) => event.quantity.toUpperCase())
`

/** Unpacks the tarball where npm would, with the dependencies that npm would fetch. */
function install(): string {
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  )
  const modules = join(project, 'node_modules')
  mkdirSync(modules)
  execFileSync('tar', ['-xzf', join(project, filename), '-C', project])
  cpSync(join(project, 'package'), join(modules, 'castcart'), { recursive: true })
  for (const name of Object.keys(dependencies)) symlinkSync(resolve(root, 'node_modules', name), join(modules, name))
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
  return join(modules, 'castcart')
}

function compile(module: string, moduleResolution: string): string {
  writeFileSync(join(project, 'use.ts'), USE)
  const settings = {
    compilerOptions: {
      module,
      moduleResolution,
      target: 'es2022',
      lib: ['es2022', 'dom', 'dom.iterable'],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
      types: [],
    },
    files: ['use.ts'],
  }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(settings))
  try {
    return execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', project], {
      encoding: 'utf8',
    })
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout)
  }
}

describe('the packed tarball', () => {
  let home = ''
  beforeAll(() => {
    home = install()
  })
  afterAll(() => rmSync(project, { recursive: true }))

  it('holds what is built, the licence and the command, and no sources or tests', () => {
    const files = readdirSync(home, { recursive: true, encoding: 'utf8' })
    expect(files).toEqual(expect.arrayContaining(['package.json', 'LICENSE', 'bin/castcart.mjs', 'dist/castcart.js']))
    expect(files.filter((name) => /^(src|test|examples|scripts)\b/.test(name))).toEqual([])
  })

  it.each([
    ['esnext', 'bundler'],
    ['node16', 'node16'],
    ['nodenext', 'nodenext'],
  ])('is imported with types by a TypeScript project: module %s, resolution %s', (module, resolution) => {
    expect(compile(module, resolution)).toBe('')
  })

  it('is imported by plain Node', () => {
    const script = `
      import { createWidget } from 'castcart'
      import 'castcart/element'
      import { compact, emptyRoom, fold } from 'castcart/room'
      import { timeline } from 'castcart/adapters/timeline'
      import schema from 'castcart/show.schema.json' with { type: 'json' }
      console.log(typeof createWidget, JSON.stringify(fold(emptyRoom(), null)) === JSON.stringify(emptyRoom()), compact([]).seq, timeline({ url: 'x' }).name, schema.type)`
    const said = execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
      cwd: project,
      encoding: 'utf8',
    })
    expect(said.trim()).toBe('function true 0 timeline object')
  })

  it('runs as a command', () => {
    const show = join(root, 'test/support/normative/show.json')
    const said = execFileSync(process.execPath, [join(home, 'bin/castcart.mjs'), 'check', show], { encoding: 'utf8' })
    expect(said).toContain('ok, show "friday-drop"')
  })
})

import { readdirSync, readFileSync } from 'node:fs'
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

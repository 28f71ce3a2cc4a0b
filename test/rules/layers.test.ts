import { describe, expect, it } from 'vitest'
import { type Source, sourcesOf } from './sources.ts'

const LAYERS: Record<string, number> = {
  lib: 0,
  model: 1,
  state: 2,
  player: 2,
  adapters: 2,
  cart: 2,
  track: 2,
  text: 2,
  ui: 3,
  widget: 4,
  entry: 5,
}

/** Where each dependency may be imported. */
const ROOMS: Record<string, RegExp> = {
  zod: /^src\/model\//,
  nanostores: /^src\/(state\/|ui\/use-store\.ts)/,
  preact: /^src\/(ui\/|widget\/mount\.tsx)/,
  'hls.js': /^src\/player\//,
}

const sources = sourcesOf('src')
const roomOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1] ?? 'entry'
const levelOf = (path: string) => LAYERS[roomOf(path)]

function wrongWay({ path, imports }: Source): string[] {
  return imports
    .filter((target) => target.startsWith('src/') && roomOf(target) !== roomOf(path))
    .filter((target) => (levelOf(target) ?? 9) >= (levelOf(path) ?? -1))
    .map((target) => `${path} → ${target}`)
}

function strangers({ path, imports }: Source): string[] {
  return imports
    .filter((target) => !target.startsWith('src/'))
    .filter((target) => {
      const name = Object.keys(ROOMS).find((known) => target === known || target.startsWith(`${known}/`))
      return name === undefined || !ROOMS[name]?.test(path)
    })
    .map((target) => `${path}: ${target} does not belong here`)
}

/** Files that lead back to themselves by what they import, types included. */
function circles(all: readonly Source[]): string[] {
  const importsOf = new Map(all.map(({ path, imports }) => [path, imports]))
  const reach = (path: string, seen = new Set<string>()): ReadonlySet<string> => {
    for (const target of importsOf.get(path) ?? []) {
      if (seen.has(target)) continue
      seen.add(target)
      reach(target, seen)
    }
    return seen
  }
  return all.filter(({ path }) => reach(path).has(path)).map(({ path }) => path)
}

describe('layers', () => {
  it('knows every room of the house', () => {
    expect(sources.length).toBeGreaterThan(40)
    expect(sources.filter(({ path }) => levelOf(path) === undefined).map(({ path }) => path)).toEqual([])
  })

  it('lets imports go down only: entries, widget, ui, then the strangers to one another, model, lib', () => {
    expect(sources.flatMap(wrongWay)).toEqual([])
  })

  it('has no file that leads back to itself, within a room either', () => {
    expect(circles(sources)).toEqual([])
  })

  it('gives each dependency one room', () => {
    expect(sources.flatMap(strangers)).toEqual([])
  })

  it('loads hls.js only when wanted', () => {
    const eager = sources.filter(({ code }) => /^\s*import (?!type)[^;\n]*from 'hls\.js/m.test(code))
    expect(eager.map(({ path }) => path)).toEqual([])
  })

  it('takes zod as a whole, so that what is not used is left out', () => {
    const taken = sources.flatMap(({ code }) => code.match(/import [^\n]* from 'zod[^\n]*/g) ?? [])
    const allowed = /^import (type )?\* as z from 'zod\/mini'$/
    expect(taken.length).toBeGreaterThan(5)
    expect(taken.filter((line) => !allowed.test(line))).toEqual([])
  })
})

describe('the rule itself', () => {
  const source = (path: string, ...imports: string[]): Source => ({ path, code: '', imports, lazy: [] })

  it('catches an import that goes up, one that goes sideways, a circle, and a dependency in the wrong room', () => {
    expect(wrongWay(source('src/state/a.ts', 'src/ui/b.tsx'))).toEqual(['src/state/a.ts → src/ui/b.tsx'])
    expect(wrongWay(source('src/cart/a.ts', 'src/adapters/b.ts'))).toEqual(['src/cart/a.ts → src/adapters/b.ts'])
    expect(wrongWay(source('src/ui/a.tsx', 'src/state/b.ts'))).toEqual([])
    expect(circles([source('a', 'b'), source('b', 'c'), source('c', 'b')])).toEqual(['b', 'c'])
    expect(strangers(source('src/cart/a.ts', 'preact/hooks'))).toEqual([
      'src/cart/a.ts: preact/hooks does not belong here',
    ])
  })
})

import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sourcesOf } from './sources.ts'

const FORBIDDEN = /^(types|utils|helpers|constants|common|manager|base)\.tsx?$/
const sources = sourcesOf('src')

const breaking = (pattern: RegExp) => sources.filter(({ code }) => pattern.test(code)).map(({ path }) => path)

describe('names', () => {
  it('says what a file is: kebab-case, and none of the names that say nothing', () => {
    const files = readdirSync('src', { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const wrong = files
      .map(({ name }) => name)
      .filter((name) => FORBIDDEN.test(name) || !/^[a-z0-9-]+(\.d)?\.\w+$/.test(name))
    expect(files.length).toBeGreaterThan(40)
    expect(wrong).toEqual([])
  })

  it('gives every export a name, and lists what a file passes on', () => {
    expect(breaking(/^export default/m)).toEqual([])
    expect(breaking(/^export \*/m)).toEqual([])
  })

  it('never silences the compiler', () => {
    expect(breaking(/@ts-(ignore|expect-error|nocheck)|as unknown as|[:<]\s*any\b/)).toEqual([])
  })

  it('never writes markup or runs text', () => {
    expect(breaking(/\.(inner|outer)HTML\s*=|insertAdjacentHTML\(|document\.write\(|\beval\(|new Function\(/)).toEqual(
      [],
    )
  })

  it('keeps no unfinished business', () => {
    expect(breaking(/\b(TODO|FIXME)\b|(\/\/|\*).*\bXXX\b/)).toEqual([])
  })
})

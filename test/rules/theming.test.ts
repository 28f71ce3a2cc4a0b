import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sourcesOf } from './sources.ts'

const unique = (found: Iterable<RegExpMatchArray>) => [...new Set([...found].map(([, name = '']) => name))].sort()
const chapters = readFileSync('docs/theming.md', 'utf8').split('\n## ')
const chapter = (title: string) => chapters.find((text) => text.startsWith(title)) ?? ''
const styles = readdirSync('src/ui', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.css'))
  .map((name) => readFileSync(`src/ui/${name}`, 'utf8'))
  .join('\n')

describe('docs/theming.md', () => {
  it('names every custom property that a style sheet reads, and no other', () => {
    const named = unique(chapter('Custom').matchAll(/^\| `(--castcart-[a-z0-9-]+)`/gm))
    expect(named.length).toBeGreaterThan(15)
    expect(named).toEqual(unique(styles.matchAll(/var\((--castcart-[a-z0-9-]+)/g)))
  })

  it('gives the defaults of the style sheets', () => {
    const rows = [...chapter('Custom').matchAll(/^\| `(--castcart-[a-z0-9-]+)` \| `([^`]+)`(?:, `([^`]+)`)?/gm)]
    for (const [, name, light, dark] of rows) {
      const value = dark ? `light-dark(${light}, ${dark})` : light
      expect(styles).toContain(`var(${name}, ${value})`)
    }
  })

  it('names every part, and no other', () => {
    const code = ['src/ui', 'src/widget'].flatMap(sourcesOf).map((source) => source.code)
    const given = code.join('\n').matchAll(/(?:\bpart="|'part', '|\bpart(?: =|:) ')([a-z-]+)['"]/g)
    expect(unique(chapter('Parts').matchAll(/`([a-z-]+)`[,.]/g))).toEqual(unique(given))
  })
})

describe('style sheets', () => {
  it('style no class that nothing wears', () => {
    const code = sourcesOf('src/ui').map((source) =>
      source.code.replace(/\/\*.*?\*\//gs, '').replace(/^ *\/\/.*$/gm, ''),
    )
    const texts = code.flatMap((text) => [...text.matchAll(/"[^"\n]*"|'[^'\n]*'|`[^`]*`/g)].map(([text]) => text))
    const words = new Set(texts.flatMap((text) => text.split(/[^a-z-]/)))
    const selectors = [...styles.replace(/\/\*.*?\*\//gs, '').matchAll(/[^{};]+(?=\{)/g)].join('\n')
    const named = unique(selectors.matchAll(/\.([a-z][a-z-]*)/g))
    expect(named.length).toBeGreaterThan(100)
    expect(named.filter((name) => !words.has(name))).toEqual([])
  })
})

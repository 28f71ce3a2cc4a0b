import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sourcesOf } from './sources.ts'

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The words a module exports: its one object. */
async function wordsOf(name: string): Promise<Record<string, unknown>> {
  const module: Record<string, unknown> = await import(/* @vite-ignore */ `${process.cwd()}/src/text/${name}`)
  const words = Object.values(module).find(isRecord)
  if (!words) throw new Error(`src/text/${name} exports no words`)
  return words
}

/** `{name}` and the like: what a sentence is given. */
const slotsIn = (value: unknown) => [...new Set(JSON.stringify(value).match(/\{\w+\}/g) ?? [])].sort()

/** Keys without the plural form: each language has the forms of its own (`Intl.PluralRules`). */
const stem = (key: string) => key.replace(/\.(zero|one|two|few|many|other)$/, '')
const stems = (words: object) => [...new Set(Object.keys(words).map(stem))].sort()

const languages = readdirSync('src/text').filter((name) => /^[a-z]{2}(-[A-Z]{2})?\.ts$/.test(name))

describe('text', () => {
  it('has English and Russian', () => {
    expect(languages).toEqual(expect.arrayContaining(['en.ts', 'ru.ts']))
  })

  it.each(languages)('says the same things in %s as in English, given the same', async (name) => {
    const [english, other] = [await wordsOf('en.ts'), await wordsOf(name)]
    expect(stems(other)).toEqual(stems(english))
    for (const key of Object.keys(other)) {
      const like = Object.keys(english).find((one) => stem(one) === stem(key)) ?? ''
      expect([key, slotsIn(other[key])]).toEqual([key, slotsIn(english[like])])
    }
    for (const form of new Intl.PluralRules(name.slice(0, -3)).resolvedOptions().pluralCategories) {
      const counted = Object.keys(english)
        .filter((key) => key.endsWith('.other'))
        .map(stem)
      for (const key of counted) expect(Object.keys(other)).toContain(`${key}.${form}`)
    }
  })
})

describe('the first words', () => {
  /** All that these files are drawn with at once. */
  function drawnWith(entries: readonly string[]) {
    const sources = new Map(sourcesOf('src').map((source) => [source.path, source]))
    const found = new Set(entries)
    for (const path of found) {
      const { imports = [], lazy = [] } = sources.get(path) ?? {}
      for (const next of imports) if (sources.has(next) && !lazy.includes(next)) found.add(next)
    }
    return [...found].filter((path) => path.startsWith('src/ui/')).map((path) => sources.get(path)?.code ?? '')
  }

  it('have all that the shell and the room say, which wait for no others', async () => {
    const [all, first] = [await wordsOf('en.ts'), await wordsOf('first-en.ts')]
    const keys = drawnWith(['src/ui/inside.tsx', 'src/ui/shell/draw-shell.ts']).flatMap((code) =>
      Object.keys(all).filter((key) => {
        const said = [`'${key}'`, `'${stem(key)}'`, `t(\`${key.replace(/[^.]+$/, '')}$`]
        return said.some((literal) => code.includes(literal))
      }),
    )
    expect(keys.length).toBeGreaterThan(50)
    expect([...new Set(keys)].filter((key) => !Object.hasOwn(first, key))).toEqual([])
  })
})

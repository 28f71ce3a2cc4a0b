import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

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

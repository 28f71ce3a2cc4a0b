import type { en } from './en.ts'

/** Every text key. */
export type TextKey = keyof typeof en

/** The words of one language. */
export type Pack = Readonly<Record<TextKey, string>>

/** All words of a locale's language, English where there are none. Rejects where they cannot be loaded. */
export const packFor = async (locale: string): Promise<Pack> =>
  /^ru\b/i.test(locale) ? (await import('./ru.ts')).ru : (await import('./en.ts')).en

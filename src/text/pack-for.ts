import type { Pack } from './en.ts'

/** All words of a locale's language, English where there are none. Rejects where they cannot be loaded. */
export const packFor = async (locale: string): Promise<Pack> =>
  /^ru\b/i.test(locale) ? (await import('./ru.ts')).ru : (await import('./en.ts')).en

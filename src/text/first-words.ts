import { firstEn } from './first-en.ts'

/** The words until the first product is on screen. */
export type FirstPack = Readonly<Record<keyof typeof firstEn, string>>

/** The first words of a locale's language, English where there are none. Rejects where they cannot be loaded. */
export const firstWords = async (locale: string): Promise<FirstPack> =>
  /^ru\b/i.test(locale) ? (await import('./first-ru.ts')).firstRu : firstEn

import { type FirstPack, firstEn } from './first-en.ts'

/** The first words of a locale's language, English where there are none. Rejects where they cannot be loaded. */
export const firstWords = async (locale: string): Promise<FirstPack> =>
  /^ru\b/i.test(locale) ? (await import('./first-ru.ts')).firstRu : firstEn

import * as z from 'zod/mini'
import type { Schema } from './parse.ts'

/** Any human text in a show: one string, or one per language (`{ en, ru }`). */
export type LocalText = string | Record<string, string>

export const localTextSchema: Schema<LocalText> = z.union([z.string(), z.record(z.string(), z.string())])

/**
 * The text in a viewer's language: the exact locale, its language, English, else the first there is.
 * @param locale BCP 47, e.g. `de-AT`
 */
export function inLocale(text: LocalText | undefined, locale: string): string {
  if (text === undefined || typeof text === 'string') return text ?? ''
  const key = [locale, locale.split('-')[0] ?? '', 'en'].find((name) => Object.hasOwn(text, name))
  return (key === undefined ? Object.values(text)[0] : text[key]) ?? ''
}

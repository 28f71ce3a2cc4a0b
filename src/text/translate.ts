import type { Pack } from './pack-for.ts'

/** Words by key: `{name}` is filled from `params` (numbers as the locale writes them), plural forms are chosen by `count`. */
type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string

/**
 * The words of one widget. A number called `count` picks `key.one`, `key.few` … by the locale's rules, else `key.other`,
 * else `key`. A key that no pack has is its own text.
 * @param locale BCP 47
 * @param overrides words to say otherwise, by key
 */
export function createTranslate(
  pack: Pack,
  locale: string,
  overrides: Readonly<Record<string, string>> = {},
): Translate {
  const rules = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale)
  const find = (key: string) =>
    Object.hasOwn(overrides, key) ? overrides[key] : Object.hasOwn(pack, key) ? pack[key as keyof Pack] : undefined
  return (key, params = {}) => {
    const { count } = params
    const form = typeof count === 'number' ? (find(`${key}.${rules.select(count)}`) ?? find(`${key}.other`)) : undefined
    return (form ?? find(key) ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = Object.hasOwn(params, name) ? params[name] : whole
      return typeof value === 'number' ? numbers.format(value) : (value ?? whole)
    })
  }
}

/** Words by key. */
type Words = Readonly<Record<string, string>>

/** Words by key: `{name}` is filled from `params` (numbers as the locale writes them), plural forms are chosen by `count`. */
type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string

/**
 * The words of one widget. A number called `count` picks `key.one`, `key.few` … by the locale's rules, else `key.other`,
 * else `key`. A key that no pack has is its own text.
 * @param packs one or more; more may be added later
 * @param locale BCP 47
 * @param overrides words to say otherwise, by key
 */
export function createTranslate(packs: readonly Words[], locale: string, overrides: Words = {}): Translate {
  const rules = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale)
  const find = (key: string) => [overrides, ...packs].find((pack) => Object.hasOwn(pack, key))?.[key]
  return (key, params = {}) => {
    const { count } = params
    const form = typeof count === 'number' ? (find(`${key}.${rules.select(count)}`) ?? find(`${key}.other`)) : undefined
    return (form ?? find(key) ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = Object.hasOwn(params, name) ? params[name] : whole
      return typeof value === 'number' ? numbers.format(value) : (value ?? whole)
    })
  }
}

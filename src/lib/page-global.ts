/**
 * A global of the page, unchecked; `undefined` where there is none or a trap throws. Pass strings and functions of it through
 * `typeof`: a form or an iframe of that name answers as well.
 */
export function pageGlobal<T>(name: string): T | undefined {
  try {
    return Reflect.get(globalThis, name) ?? undefined
  } catch {
    return undefined
  }
}

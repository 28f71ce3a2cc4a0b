import { pageGlobal } from '../lib/page-global.ts'
import { safeUrl } from '../lib/safe-url.ts'

/** Runs code of the page for its effect; what it throws is dropped, and `undefined` comes back. */
export function quietly<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}

/** Writes the number of pieces where the page's author has said to: `[data-castcart-count]`, or a selector of their own. */
export function showCount(quantity: number, selector = '[data-castcart-count]'): void {
  for (const element of globalThis.document?.querySelectorAll(selector) ?? []) element.textContent = `${quantity}`
}

/** A jQuery object as themes use it. */
export interface JQueryObject {
  trigger(event: string, data?: unknown): unknown
  on(event: string, heard: (...data: unknown[]) => void): unknown
  off(event: string, heard?: (...data: unknown[]) => void): unknown
  load(url: string): unknown
}

/** The page's jQuery on a selector or the document; `undefined` where there is none. */
export function jQueryOf(target: string | Document): JQueryObject | undefined {
  const query = pageGlobal<(target: string | Document) => JQueryObject>('jQuery')
  return typeof query === 'function' ? quietly(() => query(target)) : undefined
}

/**
 * Goes to a web address in this tab; a store may have named it.
 * @throws TypeError for any other, such as `javascript:`
 */
export function leaveFor(url: string): void {
  const address = safeUrl(url, document.baseURI)
  if (!address) throw new TypeError(`no web address: ${url}`)
  location.assign(address)
}

/** The address of a shop's root, ending in a slash; absent: the page's own origin. */
export function rootOf(root: unknown): string {
  const found = typeof root === 'string' && root ? root : '/'
  const { href } = new URL(found, globalThis.location?.origin)
  return href.endsWith('/') ? href : `${href}/`
}

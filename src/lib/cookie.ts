/**
 * Sets a cookie of this page's own path `/`, for as long as the browser is open; nothing where there is no document. Value: token
 * characters only (RFC 6265 §4.1.1), nothing is escaped. `null` takes it away.
 */
export function setCookie(name: string, value: string | null): void {
  const { document } = globalThis
  if (!document) return
  // The Cookie Store API is not in every browser, nor on plain http.
  document.cookie = `${name}=${value ?? ''}; path=/; SameSite=Lax${value === null ? '; Max-Age=0' : ''}`
}

/** The value of a cookie that scripts may read, as it was sent; `undefined` where there is none. */
export function getCookie(name: string): string | undefined {
  const pairs = (globalThis.document?.cookie ?? '').split('; ')
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}

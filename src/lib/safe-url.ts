/**
 * The one door for addresses from outside: absolute, http or https only (http on loopback counts), no credentials.
 * `null` for everything else, so that `javascript:` and its disguises reach no sink.
 */
export function safeUrl(address: string | undefined, base: string): string | null {
  if (!address) return null
  try {
    const url = new URL(address, base)
    return /^https?:$/.test(url.protocol) && !url.username && !url.password ? url.href : null
  } catch {
    return null
  }
}

import { safeUrl } from '../lib/safe-url.ts'
import type { CartBridge } from '../model/cart.ts'

/** How {@link links} leaves. */
export interface LinksOptions {
  /** Goes to an address that was checked. Absent: in this tab. */
  readonly navigate?: ((url: string) => void) | undefined
  /** What relative addresses are relative to. Absent: the page. */
  readonly base?: string | undefined
  /** Parameters of the address that tell the shop's own analytics of partner and host, such as `utm_source`. Absent: none. */
  readonly partnerField?: string | undefined
  readonly hostField?: string | undefined
}

/** The bridge of a page without a cart: the product's page is where it is bought. A product without a web address is `not-found`. */
export function links({
  navigate = (url) => location.assign(url),
  base,
  partnerField,
  hostField,
}: LinksOptions = {}): CartBridge {
  return {
    name: 'links',
    async add(line) {
      const found = safeUrl(line.url, base ?? location.href)
      if (!found) return { outcome: 'rejected', reason: 'not-found' }
      const address = new URL(found)
      for (const [name, value] of [
        [partnerField, line.partner],
        [hostField, line.host],
      ])
        if (name && value) address.searchParams.set(name, value)
      const url = address.href
      navigate(url)
      return { outcome: 'left', url }
    },
  }
}

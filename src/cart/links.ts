import { safeUrl } from '../lib/safe-url.ts'
import type { CartBridge } from '../model/cart.ts'

/** How {@link links} leaves. */
export interface LinksOptions {
  /** Goes to an address that was checked. Absent: in this tab. */
  readonly navigate?: ((url: string) => void) | undefined
  /** What relative addresses are relative to. Absent: the page. */
  readonly base?: string | undefined
}

/** The bridge of a page without a cart: the product's page is where it is bought. A product without a web address is `not-found`. */
export function links({ navigate = (url) => location.assign(url), base }: LinksOptions = {}): CartBridge {
  return {
    name: 'links',
    async add(line) {
      const url = safeUrl(line.url, base ?? location.href)
      if (!url) return { outcome: 'rejected', reason: 'not-found' }
      navigate(url)
      return { outcome: 'left', url }
    },
  }
}

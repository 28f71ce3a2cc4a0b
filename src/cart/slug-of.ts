import type { ProductInput } from '../model/product.ts'

/** The show's own handle, else the last part of the product page's address where nothing else names it; as it stands where it cannot be decoded. */
export function slugOf({ ref, url }: Pick<ProductInput, 'ref' | 'url'>): string | undefined {
  if (ref?.handle || ref?.platformId || ref?.sku) return ref.handle
  const last = /([^/?#]+)\/?(?:[?#].*)?$/.exec(url ?? '')?.[1]
  try {
    return last && decodeURIComponent(last)
  } catch {
    return last
  }
}

interface Cart {
  readonly token: string
  readonly items: readonly { readonly product_id: number; readonly quantity: number }[]
}

/** Counts what carts take of an offer's products while it runs. */
export function createOfferSales(options: {
  readonly desk: { readonly show: object }
  readonly catalogue: readonly { readonly id: string; readonly number: number }[]
}): { changed(before: Cart, after: Cart): Promise<void> }

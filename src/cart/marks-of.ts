import type { CartLine } from '../model/cart.ts'

/** What a shop calls the two. */
export interface MarkNames {
  /** Name of the shop's own field for who brought the viewer. Absent: not told. */
  readonly partnerField?: string | undefined
  /** For the id of the show's host. Absent: not told. */
  readonly hostField?: string | undefined
}

/** Names for places that are free: no shop has defined a field there. */
export const OWN_NAMES: MarkNames = { partnerField: 'castcart_partner', hostField: 'castcart_host' }

/** Partner and host of a line by the names that they have in the shop; `undefined` where there is nothing to tell, so that lines of one kind are one. */
export function marksOf(
  { partner, host }: Pick<CartLine, 'partner' | 'host'>,
  { partnerField, hostField }: MarkNames = OWN_NAMES,
): Readonly<Record<string, string>> | undefined {
  const told = [
    [partnerField, partner],
    [hostField, host],
  ].filter((pair): pair is [string, string] => !!pair[0] && !!pair[1])
  return told.length ? Object.fromEntries(told) : undefined
}

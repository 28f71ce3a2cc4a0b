import { pageGlobal } from '../lib/page-global.ts'
import { holdDrawer } from './shopify-drawer.ts'
import type { ShopifyStore } from './shopify-store.ts'
import { whileActing } from './while-acting.ts'

/** What an action that the theme has taken over is asked for. */
interface Payload {
  readonly lines?: readonly object[]
  readonly discountCodes?: readonly string[]
}

/** A standard storefront action (shopify.dev/docs/api/storefront-events-and-actions/actions/update-cart). */
interface UpdateCart {
  (payload: Payload): Promise<{ userErrors?: readonly { message?: unknown }[] }>
  isDefault?: () => boolean
}

interface ActionLine {
  readonly id?: string
  readonly merchandise?: { readonly id?: string }
}
/** Its reference says a list; stores have been seen to answer with a connection. */
type ActionLines = readonly ActionLine[] | { readonly nodes?: readonly ActionLine[] }

interface Actions {
  readonly updateCart?: UpdateCart
  readonly getCart?: () => Promise<{ cart?: { lines?: ActionLines } | null }>
}

const actions = () => pageGlobal<{ actions?: Actions }>('Shopify')?.actions

/** The default action reloads the page on themes that it does not know, and would end the show; so only the theme's own counts. */
export function ownAction(): UpdateCart | undefined {
  const action = actions()?.updateCart
  return typeof action === 'function' && action.isDefault?.() === false ? action : undefined
}

/** Global id of a variant. */
export const gidOf = (id: number): string => `gid://shopify/ProductVariant/${id}`

/** Asks the theme; a refusal comes as a value, and what the theme tells meanwhile is no news. */
export async function act(
  store: ShopifyStore,
  action: UpdateCart,
  { signal, ...payload }: Payload & { readonly signal: AbortSignal },
): Promise<
  { readonly reason?: undefined; readonly body: object } | { readonly reason: 'refused'; readonly message: string }
> {
  const putBack = holdDrawer()
  const { userErrors = [] } = await whileActing(store, signal, () => action(payload)).finally(putBack)
  const [error] = userErrors
  return error ? { reason: 'refused', message: `${error.message ?? ''}` } : { body: {} }
}

/** The theme's own id of a line of `cart.js`; `undefined` where two lines hold the same variant, or the theme tells of none. */
export async function lineIdOf(store: ShopifyStore, key: string): Promise<string | undefined> {
  const variant = store.last?.[0].items.find((item) => item.key === key)?.variant_id
  const getCart = actions()?.getCart
  if (variant === undefined || typeof getCart !== 'function') return undefined
  const { lines = [] } = (await getCart()).cart ?? {}
  const all = 'nodes' in lines ? (lines.nodes ?? []) : (lines as readonly ActionLine[])
  const same = all.filter(({ merchandise }) => merchandise?.id === gidOf(variant))
  return same.length === 1 ? same[0]?.id : undefined
}

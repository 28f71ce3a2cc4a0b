import { slices } from '../lib/slices.ts'
import type { CartContext, CartLine } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'
import { joinProduct, type StoreProduct } from './join-product.ts'
import { bodyOf } from './store-json.ts'
import { toStoreProduct, type WooProduct } from './woocommerce-shapes.ts'
import { send, type WooStore } from './woocommerce-store.ts'

type Wanted = Pick<ProductInput | CartLine, 'ref' | 'url'>

/** Most that the API gives at a time. */
const PAGE = 100
/** Pages of variations that are read; what lies beyond them shows as not available. */
const PAGES = 10

/** The shop's truth, as few requests as it takes: what is named by id, by SKU and by address each at once, then all variations. */
export async function catalogue(
  store: WooStore,
  list: readonly ProductInput[],
  context: CartContext,
): Promise<ProductInput[]> {
  const found = await findAll(store, list, context)
  return list.flatMap((wanted) => {
    const product = found.find(wanted)
    if (product) return [joinProduct(wanted, product, store.known)]
    return (wanted.action ?? 'cart') === 'cart' ? [] : [wanted]
  })
}

/** One product of a line that the catalogue has not told of. */
export async function findOne(
  store: WooStore,
  line: CartLine,
  context: CartContext,
): Promise<StoreProduct | undefined> {
  return (await findAll(store, [line], context)).find(line)
}

async function findAll(store: WooStore, list: readonly Wanted[], context: CartContext) {
  const ask = async (name: string, values: readonly (string | undefined)[], more: Record<string, string> = {}) => {
    const named = [...new Set(values.filter((value) => value !== undefined))]
    const answers = await Promise.all(
      slices(named, PAGE).map((page) => readPages(store, { ...more, [name]: page.join() }, context)),
    )
    return answers.flat()
  }
  const products = (
    await Promise.all([
      ask('include', list.map(idOf)),
      ask(
        'sku',
        list.map((wanted) => (idOf(wanted) ? undefined : wanted.ref?.sku)),
      ),
      ask(
        'slug',
        list.map((wanted) => (idOf(wanted) || wanted.ref?.sku ? undefined : slugOf(wanted))),
      ),
    ])
  ).flat()
  const parents = products.filter(({ variations }) => variations?.length).map(({ id }) => `${id}`)
  const variations = new Map((await ask('parent', parents, { type: 'variation' })).map((one) => [one.id, one]))
  return {
    find(wanted: Wanted): StoreProduct | undefined {
      const id = idOf(wanted)
      const { sku } = wanted.ref ?? {}
      const slug = slugOf(wanted)
      const raw =
        products.find((one) => (id ? `${one.id}` === id : sku ? one.sku === sku : slug && isAt(one, slug))) ?? undefined
      return raw && toStoreProduct(raw, variations)
    },
  }
}

async function readPages(store: WooStore, query: Record<string, string>, context: CartContext): Promise<WooProduct[]> {
  const all: WooProduct[] = []
  for (let page = 1, last = 1; page <= Math.min(last, PAGES); page++) {
    const answer = await send<WooProduct[]>(store, 'products', context, {
      query: { ...query, per_page: `${PAGE}`, page: `${page}` },
    })
    all.push(...bodyOf(answer))
    last = Number(answer.headers.get('x-wp-totalpages')) || 1
  }
  return all
}

/** The product's own id; that of a variation is of no use in a list of products. */
const idOf = ({ ref }: Wanted): string | undefined => /^\d+$/.exec(ref?.platformId ?? '')?.[0]

const slugOf = ({ ref, url }: Wanted): string | undefined =>
  ref?.handle ?? /\/([^/?#]+)\/?(?:[?#].*)?$/.exec(url ?? '')?.[1]

const isAt = ({ slug, permalink }: WooProduct, wanted: string): boolean =>
  slug === wanted || (permalink !== undefined && slugOf({ ref: undefined, url: permalink }) === wanted)

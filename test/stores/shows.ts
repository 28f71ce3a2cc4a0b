/** The show that both real engines sell: what of it there is plenty, little, nothing, and a choice. */
const show = {
  version: 1,
  id: 'clay-live',
  title: 'Clay, live',
  status: 'live',
  host: { id: 'mara', name: 'Mara' },
  products: ['mug', 'coat', 'vase', 'print', 'bowl'].map((handle) => ({
    id: handle,
    title: `The ${handle}`,
    ref: { handle },
  })),
}

/** What the page itself finds in the store's cart, past the widget: pieces, and minor units. */
export interface Truth {
  readonly pieces: number
  readonly total: number
}

/** Events come from the page itself, and a code is given to whoever claims one. */
const ADAPTER = `{
  name: 'page',
  actions: ['voucher.claim'],
  connect(sink, { signal }) {
    sink.open()
    window.pushEvent = (event) => sink.events([event])
    const beat = setInterval(() => sink.events([]), 5000)
    signal.addEventListener('abort', () => clearInterval(beat))
  },
  send: async (action) => ({ ok: true, id: action.data.id, code: 'LIVE10' }),
}`

/**
 * The pages of a headless storefront: a header with a cart badge of its own, the show, and the tag.
 * @param truth body of a function that gives a {@link Truth}; it asks the store itself, past the widget
 */
export const pagesOf = (cart: object, truth: string): Readonly<Record<string, string>> => ({
  '/show.json': JSON.stringify(show),
  '/': `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Clay</title></head>
<body><header><a href="/cart">Cart (<span id="badge" data-castcart-count>0</span>)</a></header><main><h1>Clay</h1></main>
<script>
window.askStore = async () => { ${truth} }
askStore().then(({ pieces }) => { document.getElementById('badge').textContent = pieces })
window.castcart = [{ adapter: ${ADAPTER} }]
</script>
<script async src="/castcart/castcart.js" data-show="/show.json" data-partner="anna" data-cart='${JSON.stringify(cart)}'></script></body></html>`,
})

/** What the page itself finds, asked from outside. */
export const askedByPage = (): Promise<Truth> => (window as unknown as { askStore(): Promise<Truth> }).askStore()

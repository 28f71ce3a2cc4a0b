/** The show that both real engines sell: what of it there is plenty, little, nothing, and a choice. */
export const show = {
  version: 1,
  id: 'clay-live',
  title: 'Clay, live',
  status: 'live',
  host: { name: 'Mara' },
  products: ['mug', 'coat', 'vase', 'print', 'bowl'].map((handle) => ({
    id: handle,
    title: `The ${handle}`,
    ref: { handle },
  })),
}

/**
 * A page of a headless storefront: a header with a cart badge of its own, which `count` fills, and the tag.
 * @param count body of a function that gives the number of pieces; it asks the store itself, past the widget
 */
export const storePage = (cart: object, count: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Clay</title></head>
<body><header><a href="/cart">Cart (<span id="badge" data-castcart-count>0</span>)</a></header><main><h1>Clay</h1></main>
<script>
window.countPieces = async () => { ${count} }
countPieces().then((pieces) => { document.getElementById('badge').textContent = pieces })
</script>
<script async src="/castcart/castcart.js" data-show="/show.json" data-cart='${JSON.stringify(cart)}'></script></body></html>`

/** What the page itself counts, past the widget. */
export const countedByPage = (): Promise<number> =>
  (window as unknown as { countPieces(): Promise<number> }).countPieces()

/**
 * What of the app is loaded together, by path below `src/` without its ending; the rest falls where Rollup puts it.
 * Small modules that an adapter or a bridge shares with the show itself are in the app: were they in `conduct`, a page that
 * wants the one would load the other.
 */
export const CHUNKS = {
  app: [
    'page-api',
    'adapters/log-requests',
    'adapters/request',
    'cart/each-product',
    'lib/guarded',
    'lib/new-id',
    'lib/page-global',
    'lib/read-json',
    'lib/to-json',
    'lib/within',
    'model/action',
    'model/money',
  ],
  conduct: [
    'widget/conduct',
    'lib/line-splitter',
    'model/show',
    'state/product-view',
    'cart/basket',
    'ui/inside',
    'ui/clock-time',
    'ui/context',
    'ui/live/offer-bar',
    'ui/lazy',
    'ui/parts/button',
    'ui/parts/goods',
    'ui/parts/icon',
    'ui/parts/position-of',
    'ui/parts/price',
    'ui/parts/product-thumb',
    'ui/parts/product-title',
    'ui/stage/mute-button',
    'ui/stage/standing',
    'ui/use-store',
  ],
  'carry-out': ['cart/carry-out', 'cart/judge', 'cart/while-acting', 'lib/plain-text'],
  stores: [
    'cart/ask-catalogue',
    'cart/by-gain',
    'cart/find-variant',
    'cart/join-product',
    'cart/kept-value',
    'cart/need-setting',
    'cart/reason-of',
    'cart/store-graphql',
    'cart/store-json',
    'cart/store-money',
    'cart/tell-theme',
    'lib/cookie',
    'lib/to-minor',
  ],
  'store-bridges': ['cart/recognise-store', 'cart/store-bridges'],
  links: ['cart/callbacks-by-events', 'cart/links'],
  'post-action': ['adapters/post-action'],
  feed: ['adapters/feed', 'adapters/feed-files', 'adapters/read-recording', 'model/feed'],
  acts: ['adapters/fill-gaps', 'adapters/send-action', 'widget/acts'],
}

const chunkOf = new Map(Object.entries(CHUNKS).flatMap(([chunk, paths]) => paths.map((path) => [path, chunk])))

/** Rollup's `manualChunks`. Each language but English has a chunk of its own, named after it; preact comes with what runs a show and draws it. */
export function manualChunks(id) {
  if (/\/node_modules\/preact\//.test(id)) return 'conduct'
  const path = /\/src\/(.+?)\.(?:tsx?|css)\b/.exec(id)?.[1] ?? ''
  return chunkOf.get(path) ?? /^text\/(?!en$)([a-z]{2}(?:-[A-Z]{2})?)$/.exec(path)?.[1]
}

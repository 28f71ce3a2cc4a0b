const rooms = {
  adapters: [
    'ably',
    'centrifugo',
    'combine',
    'feed',
    'map',
    'mqtt',
    'nats',
    'nats-core',
    'pusher',
    'socket',
    'socketio',
    'sse',
    'timeline',
  ],
  cart: [
    'bigcommerce',
    'callbacks',
    'form',
    'links',
    'magento',
    'medusa',
    'opencart',
    'prestashop',
    'shopify',
    'shopify-headless',
    'shopware',
    'vendure',
    'woocommerce',
  ],
  track: ['callback', 'data-layer', 'meta-pixel', 'metrica'],
  text: ['en', 'ru'],
}

/** Every public module: its path under `dist/` (and after `castcart/`) and its source. */
export const entries = Object.fromEntries([
  ['index', 'src/index.ts'],
  ['element', 'src/element.ts'],
  ['room', 'src/room.ts'],
  ['raffle', 'src/raffle.ts'],
  ['feed', 'src/feed.ts'],
  ['testing', 'test/contracts/index.ts'],
  ['testing/fault-proxy', 'test/contracts/fault-proxy.ts'],
  ['check', 'src/check.ts'],
  ...Object.entries(rooms).flatMap(([room, names]) =>
    names.map((name) => [`${room}/${name}`, `src/${room}/${name}.ts`]),
  ),
])

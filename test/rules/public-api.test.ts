import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { entries } from '../../scripts/entries.mjs'

/** Every value a developer can import. A change here is a change for them: say so in the changelog. */
const PUBLIC: Record<string, readonly string[]> = {
  index: ['CastcartError', 'createWidget'],
  element: ['CAST_CART_ATTRIBUTES'],
  room: ['compact', 'emptyRoom', 'fold', 'offerLog'],
  raffle: ['checkDraw', 'drawRaffle', 'hashSeed'],
  feed: ['createFeedWriter', 'recordFeed'],
  check: ['checkLog', 'checkShow', 'checkText', 'eventJsonSchema', 'showJsonSchema'],
  'adapters/ably': ['ably'],
  'adapters/centrifugo': ['centrifugo'],
  'adapters/combine': ['combine'],
  'adapters/callbacks': ['callbacks', 'callbacksByEvents'],
  'adapters/feed': ['feed'],
  'adapters/in-band': ['inBand'],
  'adapters/map': ['map'],
  'adapters/mqtt': ['mqtt'],
  'adapters/nats': ['nats'],
  'adapters/nats-core': ['natsCore'],
  'adapters/pusher': ['pusher'],
  'adapters/socket': ['socket'],
  'adapters/socketio': ['socketio'],
  'adapters/sse': ['sse'],
  'adapters/timeline': ['timeline'],
  'cart/bigcommerce': ['bigcommerce'],
  'cart/bitrix': ['bitrix'],
  'cart/callbacks': ['callbacks'],
  'cart/ecwid': ['ecwid'],
  'cart/form': ['form'],
  'cart/insales': ['insales'],
  'cart/links': ['links'],
  'cart/magento': ['magento'],
  'cart/medusa': ['medusa'],
  'cart/opencart': ['opencart'],
  'cart/prestashop': ['prestashop'],
  'cart/sfcc': ['sfcc'],
  'cart/sfcc-api': ['sfccApi'],
  'cart/shopify': ['shopify'],
  'cart/shopify-headless': ['shopifyHeadless'],
  'cart/shopware': ['shopware'],
  'cart/snipcart': ['snipcart'],
  'cart/tilda': ['tilda'],
  'cart/vendure': ['vendure'],
  'cart/woocommerce': ['woocommerce'],
  'track/callback': ['callback'],
  'track/data-layer': ['dataLayer'],
  'track/meta-pixel': ['metaPixel'],
  'track/metrica': ['metrica'],
  'text/en': ['en'],
  'text/ru': ['ru'],
  'testing/fault-proxy': ['seededFaults', 'startFaultProxy'],
}

const { exports, sideEffects } = JSON.parse(readFileSync('package.json', 'utf8'))

describe('public API', () => {
  it('is these entries', () => {
    expect(Object.keys(entries).sort()).toEqual([...Object.keys(PUBLIC), 'testing'].sort())
  })

  it.each(Object.entries(PUBLIC))('exports from %s exactly %j', async (entry, names) => {
    const module = await import(/* @vite-ignore */ pathToFileURL(`dist/${entry}.js`).href)
    expect(Object.keys(module).sort()).toEqual([...names].sort())
  })

  it.each(Object.keys(PUBLIC))('has types for %s', (entry) => {
    expect(readFileSync(`dist/${entry}.d.ts`, 'utf8')).toContain('export')
  })

  it('names in package.json only what is built, and says which files do something when imported', () => {
    expect(Object.keys(exports)).toEqual(expect.arrayContaining(['.', './element', './room', './testing']))
    expect(sideEffects).toEqual(['./dist/element.js', './dist/castcart.js', './dist/castcart.all.js'])
  })
})

import { html, json } from './html.mjs'
import { WORDS } from './words.mjs'

/**
 * What every page of a store knows.
 * @typedef {object} Site
 * @property {'en' | 'ru'} language
 * @property {boolean} hasCart whether this store has the fake of Shopify's cart
 * @property {string} show address of the show document
 * @property {object[]} catalogue see `catalogue.mjs`
 * @property {object[]} shopify the same with today's prices and stock
 * @property {object} [cart] the visitor's cart in Shopify's shape
 */

/** An address inside the store, in the page's language. */
export const to = ({ language }, path) =>
  language === 'en' ? path : `${path}${path.includes('?') ? '&' : '?'}lang=${language}`

/** Money of the store in the page's language. */
export const money = ({ language }, amount) =>
  new Intl.NumberFormat(language === 'ru' ? 'ru-RU' : 'en-IE', {
    style: 'currency',
    currency: 'EUR',
    ...(amount % 100 === 0 && amount >= 100_000 ? { maximumFractionDigits: 0 } : {}),
  }).format(amount / 100)

const bag = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 8h14l-1 12H6zM9 8V7a3 3 0 0 1 6 0v1" /></svg>`
const sprig = html`<svg class="sprig" viewBox="0 0 32 32" aria-hidden="true"><path d="M16 29V10M16 20c-7 1-10-3-10-8 6-1 10 2 10 8zM16 15c0-6 4-9 9-9 1 6-2 10-9 9z" /></svg>`

/**
 * A whole page around its main part.
 * @param {Site} site
 * @param {{ title: string, path: string, main: unknown }} page
 */
export function layout(site, { title, path, main }) {
  const words = WORDS[site.language]
  const count = site.cart?.item_count ?? 0
  const other = site.language === 'en' ? `${path}${path.includes('?') ? '&' : '?'}lang=ru` : path
  return html`<!doctype html>
<html lang="${site.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${words.tagline}">
<link rel="icon" href="/store/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/store/store.css">
${site.hasCart && html`<script>window.Shopify = { shop: 'fake-aster-oak', routes: { root: '/' }, currency: { active: 'EUR' }, locale: ${json(site.language)} }</script>`}
<script type="module" src="/store/store.js"></script>
</head>
<body>
<a class="skip" href="#main">${words.nav.shop}</a>
<header class="head">
<a class="brand" href="${to(site, '/')}">${sprig}<span>${words.brand}</span></a>
<nav>
<a class="quiet" href="${to(site, '/')}#shop">${words.nav.shop}</a>
<a class="quiet" href="${other}" hreflang="${site.language === 'en' ? 'ru' : 'en'}" lang="${site.language === 'en' ? 'ru' : 'en'}">${words.nav.language}</a>
${site.hasCart && html`<a class="bag" href="${to(site, '/cart')}" aria-label="${words.nav.cart}">${bag}<span class="badge" id="cart-badge" data-count="${count}"${count === 0 && html` hidden`}>${count}</span></a>`}
</nav>
</header>
<main id="main">${main}</main>
<footer class="foot"><p class="foot-brand">${words.brand}<br><small>${words.tagline}</small></p><p>${site.hasCart ? words.footer.shop : words.footer.replay}</p></footer>
<script async src="/castcart/castcart.js" data-show="${site.show}" data-cart="auto"></script>
</body>
</html>
`
}

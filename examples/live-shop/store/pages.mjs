import { cartPage } from './cart-page.mjs'
import { html } from './html.mjs'
import { layout, money, to } from './layout.mjs'
import { productPage } from './product-page.mjs'
import { WORDS } from './words.mjs'

/** @import { Site } from './layout.mjs' */

/**
 * The page at an address of the store.
 * @param {Site} site
 * @param {URL} url
 * @returns {{ status: number, body: string }}
 */
export function renderPage(site, url) {
  const page = pageAt(site, url)
  const path =
    url.pathname +
    (url.searchParams.has('product') ? `?product=${encodeURIComponent(url.searchParams.get('product') ?? '')}` : '')
  const shown = page ?? {
    title: '404',
    main: html`<section class="plain"><h1>404</h1><p>${WORDS[site.language].notFound}</p></section>`,
  }
  return { status: page ? 200 : 404, body: String(layout(site, { path, ...shown })) }
}

function pageAt(site, url) {
  const words = WORDS[site.language]
  const { pathname } = url
  const handle = /^\/products\/([\w-]+)$/.exec(pathname)?.[1]
  if (handle) return productPage(site, handle)
  if (pathname === '/') return homePage(site)
  if (pathname === '/cart' && site.hasCart) return cartPage(site)
  if (pathname === '/checkout' && site.hasCart) return checkoutPage(site)
  if (pathname === '/chat-rules') return plain(words.rules)
  if (pathname === '/giveaway-rules') return plain(words.giveaways)
  if (pathname === '/visit') return plain(words.visit)
  if (pathname === '/test-drive') return drivePage(site)
  return undefined
}

const plain = ({ title, text }) => ({
  title,
  main: html`<section class="plain"><h1>${title}</h1><p>${text}</p></section>`,
})

/** @param {Site} site */
function homePage(site) {
  const words = WORDS[site.language]
  return {
    title: `${words.brand} · ${words.tagline}`,
    main: html`
<section class="hero">
<div class="hero-words">
<h1>${words.hero.title}</h1>
<p>${words.hero.text}</p>
<p class="actions"><button class="button" type="button" data-watch>${site.hasCart ? words.hero.live : words.hero.replay}</button><a class="button quiet-button" href="#shop">${words.hero.shop}</a></p>
</div>
<div class="collage" aria-hidden="true"><img src="/images/armchair-moss.svg" alt="" width="800" height="800"><img src="/images/mug-ink.svg" alt="" width="800" height="800"><img src="/images/coat-camel.svg" alt="" width="800" height="800"></div>
</section>
<section class="shop" id="shop"><h2>${words.grid}</h2><ul class="grid">${site.catalogue.map((product) => card(site, product))}</ul></section>
<section class="story"><div><h2>${words.story.title}</h2><p>${words.story.text}</p></div><img src="/images/coffee-cup.svg" alt="" width="800" height="800" loading="lazy"></section>`,
  }
}

function card(site, product) {
  const { language } = site
  return html`<li><a class="card" href="${to(site, `/products/${product.handle}`)}"><span class="frame"><img src="/images/${product.images[0]}" alt="" width="800" height="800" loading="lazy"></span><small>${product.kind[language]}</small><b>${product.title[language]}</b>${priceLine(site, product)}</a></li>`
}

/** The lowest price of a product today, and the struck one where there is one. */
function priceLine(site, product) {
  const shelf = site.shopify.find(({ id }) => id === product.number)
  const [least] = shelf.variants.toSorted((one, other) => one.price - other.price)
  const varies = new Set(shelf.variants.map(({ price }) => price)).size > 1
  return html`<span class="price">${varies && html`${WORDS[site.language].from} `}${money(site, least.price)}${least.compare_at_price && html` <s>${money(site, least.compare_at_price)}</s>`}</span>`
}

/** Where the demo's order is placed, and the buyer may agree to its being told in the show. @param {Site} site */
function checkoutPage(site) {
  const { checkout } = WORDS[site.language]
  return {
    title: checkout.title,
    main: html`<section class="plain"><h1>${checkout.title}</h1><p>${checkout.text}</p>
<form class="fields" data-order-form data-thanks="${checkout.thanks}" data-nothing="${checkout.nothing}">
<label class="check"><input type="checkbox" name="isShown"><span>${checkout.show}</span></label>
<label>${checkout.place}<input name="place" autocomplete="address-level2" maxlength="40"></label>
<button class="button">${checkout.order}</button><p role="status"></p></form></section>`,
  }
}

function drivePage(site) {
  const { drive } = WORDS[site.language]
  return {
    title: drive.title,
    main: html`<section class="plain"><h1>${drive.title}</h1><p>${drive.text}</p>
<form class="fields" data-demo-form data-thanks="${drive.thanks}">
<label>${drive.name}<input name="name" autocomplete="name" required maxlength="80"></label>
<label>${drive.phone}<input name="phone" type="tel" autocomplete="tel" required maxlength="40"></label>
<button class="button">${drive.send}</button><p role="status"></p></form></section>`,
  }
}

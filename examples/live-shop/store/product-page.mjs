import { html, json } from './html.mjs'
import { money, to } from './layout.mjs'
import { WORDS } from './words.mjs'

/** @import { Site } from './layout.mjs' */

/**
 * The page of one product, or `undefined` where there is none of this name.
 * @param {Site} site
 * @param {string} handle
 */
export function productPage(site, handle) {
  const product = site.catalogue.find((one) => one.handle === handle)
  const shelf = site.shopify.find((one) => one.handle === handle)
  if (!product || !shelf) return undefined
  const { language } = site
  const words = WORDS[language]
  const first = product.variants.find(({ stock }) => stock > 0) ?? product.variants[0]
  const variants = product.variants.map((variant) => toChoice(site, shelf, variant))
  return {
    title: `${product.title[language]} · ${words.brand}`,
    main: html`
<article class="product" data-product="${product.id}">
<div class="gallery"><img id="picture" src="/images/${first.image}" alt="${product.title[language]}" width="800" height="800">
<ul class="thumbs">${product.images.map((image) => html`<li><button type="button" data-picture="/images/${image}" aria-label="${product.title[language]}"><img src="/images/${image}" alt="" width="800" height="800" loading="lazy"></button></li>`)}</ul></div>
<div class="buy"><small>${product.kind[language]}</small><h1>${product.title[language]}</h1><p class="lead">${product.lead[language]}</p>
<p class="price big" id="price"></p><p class="fine" id="fine"></p>
<form id="choices">${product.axes.map((axis) => choices(site, axis, first))}
${action(site, product)}<p role="status" id="said"></p></form>
<p class="text">${product.text[language]}</p><p class="fine">${words.delivery}</p></div>
<script type="application/json" id="variants">${json({ variants, words: { soldOut: words.soldOut, notMade: words.notMade, add: words.add, adding: words.adding, added: words.added, failed: words.failed } })}</script>
</article>`,
  }
}

/** A variant as the page's script needs it: every text ready. */
function toChoice(site, shelf, variant) {
  const words = WORDS[site.language]
  const today = shelf.variants.find(({ id }) => id === variant.number)
  const product = site.catalogue.find(({ number }) => number === shelf.id)
  const isOnAir = today.price < variant.price
  const fine = [
    isOnAir && words.onAir,
    !isOnAir &&
      product.lowest30Days &&
      today.compare_at_price &&
      `${words.lowest}: ${money(site, product.lowest30Days)}`,
    today.unit_price &&
      `${money(site, Math.round((today.unit_price * today.price) / variant.price))} ${words.per} ${product.unit.per[site.language]}`,
  ]
  return {
    id: variant.number,
    options: variant.options,
    available: today.available,
    image: `/images/${variant.image}`,
    price: money(site, today.price),
    before: today.compare_at_price ? money(site, today.compare_at_price) : '',
    fine: fine.filter(Boolean).join(' · '),
  }
}

function choices(site, axis, first) {
  return html`<fieldset class="${axis.values[0]?.color ? 'swatches' : 'sizes'}"><legend>${axis.name[site.language]}: <b class="chosen" data-chosen="${axis.id}"></b></legend>${axis.values.map(
    (value) =>
      html`<label data-value="${value.id}"><input type="radio" name="${axis.id}" value="${value.id}" data-label="${value.label[site.language]}"${first.options[axis.id] === value.id && html` checked`}>${
        value.color
          ? html`<svg viewBox="0 0 40 40" aria-hidden="true"><circle cx="20" cy="20" r="17" fill="${value.color}"/></svg><span class="unseen">${value.label[site.language]}</span>`
          : html`<span>${value.label[site.language]}</span>`
      }</label>`,
  )}</fieldset>`
}

function action(site, product) {
  const words = WORDS[site.language]
  if (product.action === 'request') {
    return html`<a class="button wide" href="${to(site, `/test-drive?product=${product.handle}`)}">${words.testDrive}</a>`
  }
  if (!site.hasCart) return html`<a class="button wide" href="${to(site, '/visit')}">${words.order}</a>`
  return html`<button class="button wide" id="add">${words.add}</button>`
}

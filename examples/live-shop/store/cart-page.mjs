import { html } from './html.mjs'
import { money, to } from './layout.mjs'
import { WORDS } from './words.mjs'

/** @import { Site } from './layout.mjs' */

/** The visitor's cart, from the fake platform's own shape. @param {Site} site */
export function cartPage(site) {
  const words = WORDS[site.language].cart
  const items = site.cart?.items ?? []
  return {
    title: words.title,
    main: html`<section class="cart" id="cart"><h1>${words.title}</h1>${
      items.length === 0
        ? html`<p>${words.empty}</p><p><a class="button" href="${to(site, '/')}">${words.back}</a></p>`
        : html`<ul class="lines">${items.map((item) => line(site, item))}</ul>
<div class="sum"><p><span>${words.subtotal}</span><b>${money(site, site.cart.total_price)}</b></p><p class="fine">${words.note}</p><a class="button wide" href="${to(site, '/checkout')}">${words.checkout}</a></div>`
    }<p role="status" id="said"></p></section>`,
  }
}

function line(site, item) {
  const words = WORDS[site.language].cart
  const product = site.catalogue.find(({ number }) => number === item.product_id)
  const variant = product?.variants.find(({ number }) => number === item.variant_id)
  const title = product?.title[site.language] ?? item.product_title
  const choice = product?.axes
    .map((axis) => axis.values.find(({ id }) => id === variant?.options[axis.id])?.label[site.language])
    .join(' / ')
  return html`<li data-line="${item.key}"><a class="line-picture" href="${to(site, `/products/${item.handle}`)}"><img src="${item.image}" alt="" width="800" height="800"></a>
<div class="line-words"><a href="${to(site, `/products/${item.handle}`)}"><b>${title}</b></a><small>${choice ?? ''}</small><span class="price">${money(site, item.final_line_price)}</span></div>
<div class="steps"><button type="button" data-quantity="${item.quantity - 1}" aria-label="${words.fewer}">−</button><span aria-label="${words.quantity}">${item.quantity}</span><button type="button" data-quantity="${item.quantity + 1}" aria-label="${words.more}">+</button></div>
<button type="button" class="remove" data-quantity="0">${words.remove}</button></li>`
}

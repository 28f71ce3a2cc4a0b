import { createWidget } from 'castcart'
import { callbacks } from 'castcart/cart/callbacks'
import { callback } from 'castcart/track/callback'
import { createCart } from './cart.js'

const write = (id, text) => {
  document.querySelector(id).textContent = text
}

// The shop's own cart, whatever it is made of: the widget mirrors it and never keeps one of its own.
const cart = createCart()
cart.watch(({ quantity }) => write('#cart', quantity))

const widget = createWidget({
  show: '/shows/replay.json',
  // The shop's own button opens it.
  mount: '#watch',
  cart: callbacks(cart),
  track: [callback((name, payload) => console.log(name, payload))],
  text: { 'sheet.add.price': 'Put it in my bag · {price}' },
})

// What the show shows is the page's to read: here the title of the pinned product, outside the player.
widget.state.$products.subscribe((products) => {
  const pinned = products.find(({ now }) => now)
  write('#pinned', pinned ? pinned.product.title.en : 'nothing yet')
})

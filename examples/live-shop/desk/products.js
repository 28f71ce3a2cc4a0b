import { command } from './desk-api.js'
import { byId, element } from './element.js'

const open = new Set()

/** The list of products: pin, unpin, stock. Drawn again only when something in it changed. */
export function drawProducts(state) {
  const list = byId('products')
  const mark = JSON.stringify([state.products, state.pinned, state.offers.map(({ id }) => id), state.status])
  if (list.dataset.mark === mark || list.contains(document.activeElement?.closest('.stock') ?? null)) return
  list.dataset.mark = mark
  list.replaceChildren(...state.products.map((product) => row(product, state)))
}

function row(product, { pinned, offers, status }) {
  const isPinned = pinned.includes(product.id)
  const isOnOffer = offers.some(({ productIds }) => !productIds.length || productIds.includes(product.id))
  const total = product.variants.reduce((sum, { stock }) => sum + stock, 0)
  return element(
    'li',
    { data: { pinned: String(isPinned), product: product.id } },
    element('img', { src: product.image, alt: '', width: 56, height: 56 }),
    element(
      'div',
      { className: 'grow' },
      element('b', {}, product.title),
      stock(product, `${isPinned ? 'In the picture · ' : ''}${total} in stock${isOnOffer ? ' · on offer' : ''}`),
    ),
    element(
      'button',
      {
        type: 'button',
        className: isPinned ? 'turn' : 'turn pin',
        disabled: status === 'ended',
        on: { click: () => command(isPinned ? 'unpin' : 'pin', { ids: [product.id] }) },
      },
      isPinned ? 'Unpin' : 'Pin',
    ),
  )
}

function stock(product, text) {
  const details = element(
    'details',
    { className: 'stock', open: open.has(product.id) },
    element('summary', {}, text),
    ...product.variants.map((variant) => stockRow(product, variant)),
  )
  details.addEventListener('toggle', () => (details.open ? open.add(product.id) : open.delete(product.id)))
  return details
}

function stockRow(product, variant) {
  const input = element('input', {
    type: 'number',
    min: '0',
    max: '100000',
    value: String(variant.stock),
    inputMode: 'numeric',
  })
  const form = element(
    'form',
    { className: 'row' },
    element('label', { className: 'grow' }, element('span', {}, variant.title), input),
    element('button', {}, 'Set'),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    document.activeElement?.blur()
    command('stock', { id: product.id, variantId: variant.id, count: Number(input.value) })
  })
  return form
}

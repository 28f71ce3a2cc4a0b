import { command } from './desk-api.js'
import { byId, clockText, element } from './element.js'

const PRESETS = [
  { title: 'On-air price', percentOff: 15, seconds: 60 },
  { title: 'Two-minute price', percentOff: 20, seconds: 120 },
  { title: 'Flash', percentOff: 30, seconds: 30 },
]

/** Wires the form once. */
export function startOffer() {
  const form = byId('offer')
  const fill = (values) => {
    for (const [name, value] of Object.entries(values)) form.elements[name].value = String(value)
  }
  byId('presets').replaceChildren(
    ...PRESETS.map((preset) =>
      element(
        'button',
        { type: 'button', on: { click: () => fill(preset) } },
        `−${preset.percentOff} % · ${clockText(preset.seconds * 1000)}`,
      ),
    ),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const { title, product, percentOff, seconds, quantity } = form.elements
    command('open-offer', {
      title: title.value,
      productIds: [product.value],
      percentOff: Number(percentOff.value),
      seconds: Number(seconds.value),
      ...(quantity.value ? { quantity: Number(quantity.value) } : {}),
    })
  })
  const notice = byId('notice')
  notice.addEventListener('submit', async (event) => {
    event.preventDefault()
    const { ok } = await command('notice', { text: notice.elements.text.value })
    if (ok) notice.reset()
  })
  byId('notice-clear').addEventListener('click', () => command('notice', { text: '' }))
}

let lastPinned = ''

/** The offers that run, and the product list of the form, which follows the pin. */
export function drawOffers(state) {
  const select = byId('offer-product')
  if (!select.options.length) {
    select.replaceChildren(...state.products.map(({ id, title }) => element('option', { value: id }, title)))
  }
  const pinned = state.pinned[0] ?? ''
  if (pinned && pinned !== lastPinned && !byId('offer').contains(document.activeElement)) select.value = pinned
  lastPinned = pinned
  byId('offer').querySelector('.primary').disabled = state.status === 'ended'
  const running = byId('running')
  const mark = JSON.stringify(state.offers)
  if (running.dataset.mark === mark) return
  running.dataset.mark = mark
  running.replaceChildren(...state.offers.map((offer) => card(offer, state)))
}

function card(offer, { products }) {
  const names = offer.productIds.map((id) => products.find((product) => product.id === id)?.title ?? id)
  const left = offer.remaining === undefined ? '' : ` · ${offer.remaining} of ${offer.quantity} left`
  return element(
    'div',
    { className: 'offer', data: { offer: offer.id } },
    element('b', { className: 'off num' }, `−${offer.percentOff} %`),
    element(
      'div',
      { className: 'grow' },
      element('b', {}, wordsOf(offer.title)),
      element('small', {}, names.join(', ') + left),
    ),
    element('time', { className: 'num', data: { until: String(offer.closesAt) } }, ''),
    element('button', { type: 'button', on: { click: () => command('close-offer', { id: offer.id }) } }, 'Close'),
  )
}

const wordsOf = (text) => (typeof text === 'string' ? text : (text.en ?? Object.values(text)[0]))

/** @param {number} now server time, ms */
export function tickOffers(now) {
  for (const time of document.querySelectorAll('[data-until]'))
    time.textContent = clockText(Number(time.dataset.until) - now)
}

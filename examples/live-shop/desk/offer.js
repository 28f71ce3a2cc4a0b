import { command } from './desk-api.js'
import { byId, clockText, element, showFor } from './element.js'

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
  showFor(form, 'kind')
  form.elements.kind.addEventListener('change', () => offerAll(form))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const isTeaser = event.submitter?.name === 'announce'
    command(isTeaser ? 'announce-offer' : 'open-offer', { ...valuesOf(form), ...(isTeaser ? { opensIn: 20 } : {}) })
  })
  const notice = byId('notice')
  notice.addEventListener('submit', async (event) => {
    event.preventDefault()
    const { ok } = await command('notice', { text: notice.elements.text.value })
    if (ok) notice.reset()
  })
  byId('notice-clear').addEventListener('click', () => command('notice', { text: '' }))
}

/** What the form says, as the command wants it: only what the kind of offer has. */
function valuesOf({ elements }) {
  const { kind, title, text, product, second, gift, percentOff, amountOff, seconds, quantity, perBuyer } = elements
  const worth = {
    percent: { percentOff: Number(percentOff.value) },
    amount: { amountOff: Math.round(Number(amountOff.value) * 100) },
    voucher: { percentOff: Number(percentOff.value) },
    gift: { gift: gift.value, forPresent: true, how: 'voucher' },
    bundle: { productIds: [product.value, second.value] },
  }[kind.value]
  return {
    kind: kind.value,
    title: title.value,
    ...(text.value.trim() ? { text: text.value } : {}),
    productIds: product.value ? [product.value] : [],
    seconds: Number(seconds.value),
    ...(quantity.value ? { quantity: Number(quantity.value) } : {}),
    ...(perBuyer.value ? { perBuyer: Number(perBuyer.value) } : {}),
    ...worth,
  }
}

/** What may be for everything: a parcel and a gift are, a price of its own is not. */
function offerAll({ elements: { kind, product } }) {
  const mayBeAll = kind.value === 'delivery' || kind.value === 'gift'
  product.options[0].hidden = !mayBeAll
  if (mayBeAll) product.value = ''
  else if (product.value === '') product.value = lastPinned || product.options[1].value
}

let lastPinned = ''

/** The offers that run, and the product list of the form, which follows the pin. */
export function drawOffers(state) {
  const select = byId('offer-product')
  if (!select.options.length) {
    for (const list of [select, byId('offer-second')])
      list.replaceChildren(...state.products.map(({ id, title }) => element('option', { value: id }, title)))
    byId('offer-second').selectedIndex = 1
    select.prepend(element('option', { value: '' }, 'Everything in the show'))
    offerAll(byId('offer'))
  }
  const pinned = state.pinned[0] ?? ''
  if (pinned && pinned !== lastPinned && select.value && !byId('offer').contains(document.activeElement))
    select.value = pinned
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
  const left = offer.remaining === undefined ? '' : `${offer.remaining} of ${offer.quantity} left`
  const words = [
    offer.isOpen ? '' : 'opens by itself',
    names.join(', ') || 'everything',
    left,
    wordsOf(offer.text ?? ''),
  ]
  return element(
    'div',
    { className: 'offer', data: { offer: offer.id } },
    element('b', { className: 'off num' }, badgeOf(offer)),
    element(
      'div',
      { className: 'grow' },
      element('b', {}, wordsOf(offer.title)),
      element('small', {}, words.filter(Boolean).join(' · ')),
    ),
    element('time', { className: 'num', data: { until: String(offer.isOpen ? offer.closesAt : offer.opensAt) } }, ''),
    offer.isOpen &&
      element(
        'button',
        { type: 'button', on: { click: () => command('extend-offer', { id: offer.id, seconds: 30 }) } },
        '+30 s',
      ),
    element('button', { type: 'button', on: { click: () => command('close-offer', { id: offer.id }) } }, 'Close'),
  )
}

/** What an offer gives, in a word. */
export function badgeOf({ kind, percentOff, amountOff }) {
  if (percentOff) return `−${percentOff} %`
  return amountOff ? `−${amountOff.amount / 100} €` : { gift: 'Gift', delivery: 'Delivery', bundle: 'Set' }[kind]
}

export const wordsOf = (text) => (typeof text === 'string' ? text : (text.en ?? Object.values(text)[0]))

/** @param {number} now server time, ms */
export function tickOffers(now) {
  for (const time of document.querySelectorAll('[data-until]'))
    time.textContent = clockText(Number(time.dataset.until) - now)
}

/** The store's own script: choosing a variant, adding it, the cart page and the badge. It knows nothing of the widget but one DOM event. */
const root = window.Shopify?.routes?.root ?? '/'
const badge = document.getElementById('cart-badge')
const said = () => document.getElementById('said')

function setBadge(count) {
  if (!badge || !Number.isInteger(count)) return
  badge.textContent = String(count)
  badge.dataset.count = String(count)
  badge.hidden = count === 0
}

/** The page may call castcart before its script has arrived: it is a queue until then. */
function whenReady(call) {
  window.castcart ??= []
  window.castcart.push(call)
}

async function readCart() {
  const response = await fetch(`${root}cart.js`)
  if (response.ok) setBadge((await response.json()).item_count)
}

async function post(path, body) {
  const response = await fetch(root + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  })
  return { ok: response.ok, body: await response.json() }
}

/** Puts a fresh copy of the cart page's main part in place, without leaving the page. */
async function refreshCartPage() {
  const section = document.getElementById('cart')
  if (!section) return
  const response = await fetch(location.href, { headers: { accept: 'text/html' } })
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  const fresh = page.getElementById('cart')
  const focused = document.activeElement?.closest('[data-line]')?.dataset.line
  const label = document.activeElement?.getAttribute('aria-label')
  if (fresh) section.replaceWith(document.importNode(fresh, true))
  if (focused && label)
    document.querySelector(`[data-line="${CSS.escape(focused)}"] [aria-label="${CSS.escape(label)}"]`)?.focus()
}

// The bridge says so after every change it makes; other tabs and the back button are asked about below.
document.addEventListener('castcart:cart-changed', ({ detail }) => {
  setBadge(detail?.cart?.quantity)
  refreshCartPage()
})
addEventListener('pageshow', (event) => {
  if (event.persisted && badge) readCart().then(refreshCartPage)
})
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && badge) readCart()
})

document.addEventListener('click', async (event) => {
  const button = event.target.closest('button')
  if (button?.dataset.watch !== undefined) whenReady((castcart) => castcart.open())
  if (button?.dataset.picture) document.getElementById('picture').src = button.dataset.picture
  const line = button?.closest('[data-line]')
  if (!line || button.dataset.quantity === undefined) return
  const answer = await post('cart/change.js', { id: line.dataset.line, quantity: Number(button.dataset.quantity) })
  await readCart()
  await refreshCartPage()
  if (!answer.ok && said()) said().textContent = answer.body.description ?? answer.body.message
})

const data = JSON.parse(document.getElementById('variants')?.textContent ?? 'null')
const choices = document.getElementById('choices')

function chosen() {
  const options = Object.fromEntries(new FormData(choices))
  return data.variants.find((variant) =>
    Object.entries(options).every(([axis, value]) => variant.options[axis] === value),
  )
}

/** Shows the price and picture of what is chosen, and crosses out what does not go with it. */
function show() {
  const variant = chosen()
  for (const input of choices.querySelectorAll('input:checked')) {
    choices.querySelector(`[data-chosen="${input.name}"]`).textContent = input.dataset.label
  }
  const options = Object.fromEntries(new FormData(choices))
  for (const input of choices.querySelectorAll('input')) {
    const would = { ...options, [input.name]: input.value }
    const other = data.variants.find((one) =>
      Object.entries(would).every(([axis, value]) => one.options[axis] === value),
    )
    input.closest('label').dataset.state = other ? (other.available ? 'free' : 'sold-out') : 'not-made'
  }
  document
    .getElementById('price')
    .replaceChildren(variant?.price ?? '—', ...(variant?.before ? [' ', struck(variant.before)] : []))
  document.getElementById('fine').textContent = variant?.fine ?? ''
  if (variant) document.getElementById('picture').src = variant.image
  const add = document.getElementById('add')
  if (!add) return
  add.disabled = !variant?.available
  add.textContent = variant ? (variant.available ? data.words.add : data.words.soldOut) : data.words.notMade
}

function struck(text) {
  const element = document.createElement('s')
  element.textContent = text
  return element
}

if (data && choices) {
  show()
  choices.addEventListener('change', show)
  choices.addEventListener('submit', async (event) => {
    event.preventDefault()
    const variant = chosen()
    const add = document.getElementById('add')
    if (!variant || !add || add.ariaBusy === 'true') return
    add.ariaBusy = 'true'
    add.textContent = data.words.adding
    const answer = await post('cart/add.js', { items: [{ id: variant.id, quantity: 1 }] }).catch(() => undefined)
    add.ariaBusy = 'false'
    add.textContent = data.words.add
    said().textContent = answer?.ok ? data.words.added : (answer?.body.description ?? data.words.failed)
    await readCart()
  })
}

const form = document.querySelector('[data-demo-form]')
form?.addEventListener('submit', (event) => {
  event.preventDefault()
  form.querySelector('[role=status]').textContent = form.dataset.thanks
})

const order = document.querySelector('[data-order-form]')
order?.addEventListener('submit', async (event) => {
  event.preventDefault()
  const { isShown, place } = order.elements
  const status = order.querySelector('[role=status]')
  const response = await fetch('/checkout/order', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ isShown: isShown.checked, place: place.value }),
  }).catch(() => undefined)
  const answer = response?.ok ? await response.json() : undefined
  status.textContent = answer ? order.dataset.thanks.replace('{number}', answer.number) : order.dataset.nothing
  if (answer) order.querySelector('button').hidden = true
})

import { drawTalk, startChat } from './chat.js'
import { command, done, follow, readSnapshot, readState, signIn } from './desk-api.js'
import { byId, clockText } from './element.js'
import { drawOffers, startOffer, tickOffers } from './offer.js'
import { drawOnAir, startOnAir } from './on-air.js'
import { drawPlay, startPlay } from './play.js'
import { drawProducts } from './products.js'
import { drawQuestions, startQuestions } from './questions.js'
import { drawShow } from './show.js'

const STATUS = { scheduled: 'NOT YET', live: 'LIVE', paused: 'PAUSED', ended: 'ENDED' }

async function start() {
  const state = await readState()
  byId('door').hidden = state !== null
  byId('desk').hidden = state === null
  if (state) run(state)
  else byId('sign-in').elements.secret.focus()
}

byId('sign-in').addEventListener('submit', async (event) => {
  event.preventDefault()
  const wrong = await signIn(event.target.elements.secret.value)
  byId('sign-in-wrong').textContent = wrong
  if (!wrong) start()
})

function run(first) {
  let state = first
  let offset = 0
  let isReading = false
  let isStale = false
  const chat = startChat()
  startQuestions()
  startOffer()
  startPlay()
  startOnAir(startTabs())
  byId('autopilot').addEventListener('change', ({ target }) => command('autopilot', { on: target.checked }))
  done.addEventListener('done', refresh)

  const fillChat = async () => {
    for (const event of await readSnapshot()) chat.take(event)
    chat.toEnd()
  }

  /** Reads the state once more; calls while it is being read are one more read. */
  async function refresh() {
    isStale = true
    if (isReading) return
    isReading = true
    while (isStale) {
      isStale = false
      const next = await readState().catch(() => state)
      if (next === null) return location.reload()
      if (next.epoch !== state.epoch) {
        chat.clear()
        fillChat()
      }
      state = next
      draw(state)
    }
    isReading = false
  }

  draw(state)
  fillChat()
  follow({
    onEvent(event) {
      chat.take(event)
      if (event.type === 'audience.count') byId('audience').textContent = String(event.data.count)
    },
    onState: refresh,
    onClock: (value) => {
      offset = value
    },
  })
  setInterval(() => {
    const now = Date.now() + offset
    byId('clock').textContent = state.status === 'ended' ? '' : clockText(now - state.startedAt)
    tickOffers(now)
  }, 250)
}

function draw(state) {
  byId('status').textContent = STATUS[state.status] ?? state.status
  byId('status').dataset.status = state.status
  byId('audience').textContent = String(state.audience)
  byId('autopilot').checked = state.autopilot
  byId('autopilot').ariaChecked = String(state.autopilot)
  byId('autopilot').disabled = state.status === 'ended'
  const isOver = state.status === 'ended'
  for (const id of ['say', 'notice']) for (const control of byId(id).elements) control.disabled = isOver
  byId('tabs').querySelector('[data-room=chat]').dataset.news = (!isOver && state.openQuestions) || ''
  drawOnAir(state)
  drawProducts(state)
  drawOffers(state)
  drawPlay(state)
  drawTalk(state)
  drawQuestions(state)
  drawShow(state)
}

/** On a phone one room at a time, at a desk one between products and chat. Gives what brings a room to the front. */
function startTabs() {
  const atDesk = matchMedia('(min-width: 900px)')
  const { dataset } = byId('rooms')
  const mark = () => {
    for (const tab of byId('tabs').children)
      tab.setAttribute('aria-current', String(tab.dataset.room === (atDesk.matches ? dataset.middle : dataset.room)))
  }
  const show = (room) => {
    dataset.room = room
    if (room !== 'products' && room !== 'chat') dataset.middle = room
    mark()
  }
  atDesk.addEventListener('change', mark)
  byId('tabs').addEventListener('click', ({ target }) => target.dataset.room && show(target.dataset.room))
  show('products')
  return show
}

start()

import { command } from './desk-api.js'
import { byId, element } from './element.js'
import { badgeOf, wordsOf } from './offer.js'

let goTo = () => {}

/** @param {(room: string) => void} show brings a room of the desk to the front */
export function startOnAir(show) {
  goTo = show
}

/** What viewers have in front of them now, in every room of the desk: each leads to where it is run. */
export function drawOnAir(state) {
  const box = byId('on-air')
  const { status, products, pinned, offers, polls, raffles, cards } = state
  const mark = JSON.stringify([status, pinned, offers, polls, raffles, cards])
  if (box.dataset.mark === mark) return
  box.dataset.mark = mark
  box.replaceChildren(...(status === 'ended' ? over() : chips(state, products)))
}

function chips({ status, pinned, offers, polls, raffles, cards }, products) {
  const shown = products.filter(({ id }) => pinned.includes(id))
  const all = [
    status === 'paused' && chip('show', 'Paused', 'viewers see “back in a moment”'),
    ...shown.map(({ title, image }) => chip('products', title, 'in the picture', { image })),
    ...offers.map(({ isOpen, title, opensAt, closesAt, ...offer }) =>
      chip('offer', wordsOf(title), isOpen ? '' : 'opens in', {
        badge: badgeOf(offer),
        until: isOpen ? closesAt : opensAt,
      }),
    ),
    ...polls.map(({ question, votes, closesAt, isEnding }) => {
      const count = Object.values(votes).reduce((sum, one) => sum + one, 0)
      return chip('play', wordsOf(question), `${count} voted`, { until: isEnding ? undefined : closesAt })
    }),
    ...raffles
      .filter(({ winners }) => !winners)
      .map(({ title, entries, closesAt, closedAt }) =>
        closedAt === undefined
          ? chip('play', wordsOf(title), `${entries} in`, { until: closesAt })
          : chip('play', wordsOf(title), 'ready to draw'),
      ),
    ...cards.map(({ title }) => chip('play', wordsOf(title), 'card')),
  ].filter(Boolean)
  return all.length ? all : [element('p', {}, 'Nothing in front of viewers but the picture. Pin a product to begin.')]
}

const chip = (room, title, note, { image, badge, until } = {}) =>
  element(
    'button',
    { type: 'button', className: 'chip', on: { click: () => goTo(room) } },
    image && element('img', { src: image, alt: '', width: 28, height: 28 }),
    badge && element('span', { className: 'off num' }, badge),
    element('b', {}, title),
    note && element('span', { className: 'note num' }, note),
    until !== undefined && element('time', { className: 'num', data: { until: String(until) } }, ''),
  )

const over = () => [
  element('p', {}, 'The show is over: the store plays it as a replay.'),
  element(
    'button',
    { type: 'button', className: 'chip begin', on: { click: () => command('new-show') } },
    'Start a new show',
  ),
]

import { command } from './desk-api.js'
import { byId, element, showFor } from './element.js'
import { wordsOf } from './offer.js'

const FORMS = ['poll', 'raffle', 'card']

/** Wires the forms once: polls and quizzes, giveaways, calls to action. */
export function startPlay() {
  const choose = (segment) => {
    for (const button of byId('segments').children)
      button.setAttribute('aria-pressed', String(button.dataset.segment === segment))
    for (const name of FORMS) byId(name).hidden = name !== segment
  }
  byId('segments').addEventListener('click', ({ target }) => target.dataset.segment && choose(target.dataset.segment))
  choose('poll')
  showFor(byId('raffle'), 'entry')
  onSubmit('poll', 'open-poll', pollOf)
  onSubmit('raffle', 'open-raffle', raffleOf)
  onSubmit('card', 'show-card', ({ title, label, url }) => ({
    title: title.value,
    label: label.value,
    url: url.value,
  }))
}

function onSubmit(id, name, read) {
  byId(id).addEventListener('submit', (event) => {
    event.preventDefault()
    command(name, read(event.target.elements))
  })
}

const pollOf = ({ question, options, seconds, change, correct }) => ({
  question: question.value,
  options: options.value
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean),
  ...(seconds.value ? { seconds: Number(seconds.value) } : {}),
  ...(correct.value ? { quiz: true, correct: Number(correct.value) - 1 } : { change: change.checked }),
})

const raffleOf = ({ title, prize, image, prizes, seconds, entry, word, freeRoute }) => ({
  title: title.value,
  ...(prize.value.trim() ? { prize: prize.value, image: image.value } : {}),
  prizes: Number(prizes.value),
  seconds: Number(seconds.value),
  entry: entry.value,
  ...(entry.value === 'word' ? { word: word.value } : {}),
  ...(entry.value === 'purchase' ? { freeRoute: freeRoute.value } : {}),
})

/** What is being played now, each with what can be done with it. */
export function drawPlay(state) {
  for (const name of FORMS) byId(name).querySelector('.primary').disabled = state.status === 'ended'
  const pictures = byId('prize-image')
  if (pictures.options.length === 1)
    pictures.append(...state.products.map(({ title, image }) => element('option', { value: image }, title)))
  const box = byId('playing')
  const { polls, raffles, cards, earlierRaffles } = state
  const mark = JSON.stringify([polls, raffles, cards, earlierRaffles])
  if (box.dataset.mark === mark) return
  box.dataset.mark = mark
  box.replaceChildren(
    ...polls.map(pollBox),
    ...raffles.slice(-3).map(raffleBox),
    ...cards.map(cardBox),
    ...earlierRaffles.map(earlierBox),
  )
}

function pollBox({ id, question, options, votes, closesAt, isEnding }) {
  const total = Object.values(votes).reduce((sum, count) => sum + count, 0)
  return box(
    wordsOf(question),
    isEnding ? undefined : closesAt,
    ...options.map((option) => {
      const line = element(
        'div',
        { className: 'tally num' },
        element('span', {}, wordsOf(option.label)),
        element('b', {}, String(votes[option.id])),
      )
      line.style.setProperty('--share', `${total ? (100 * votes[option.id]) / total : 0}%`)
      return line
    }),
    isEnding
      ? element('small', {}, 'Counting the votes of those whose picture is behind.')
      : actions(['Close the poll', () => command('close-poll', { id })]),
  )
}

function raffleBox({ id, title, entries, prizes, closesAt, closedAt, winners, claims, entry }) {
  const isOpen = closedAt === undefined
  return box(
    wordsOf(title),
    isOpen ? closesAt : undefined,
    element('small', {}, `${prizes} to win, by ${entry} · ${entries} take part`),
    ...claimLines(winners ?? [], claims),
    !winners &&
      actions(
        isOpen
          ? ['Close entries', () => command('close-raffle', { id })]
          : ['Draw the winners', () => command('draw-raffle', { id })],
      ),
  )
}

/** Of an earlier show: who has claimed, and until when the others may. */
const earlierBox = ({ title, winners, claims, claimBy }) =>
  box(
    wordsOf(title),
    undefined,
    element('small', {}, `An earlier show. Winners claim until ${new Date(claimBy).toLocaleString()}`),
    ...claimLines(winners, claims),
  )

const claimLines = (winners, claims) =>
  winners.map((winner) => element('small', { className: 'claim' }, `${winner}: ${claimOf(claims[winner])}`))

const claimOf = (claim) => (claim ? `${claim.name}, ${claim.contact}` : 'has not claimed yet')

const cardBox = ({ id, title, url }) =>
  box(
    wordsOf(title),
    undefined,
    element('small', { className: 'claim' }, url),
    actions(['Take it down', () => command('hide-card', { id })]),
  )

const box = (title, until, ...rest) =>
  element(
    'div',
    { className: 'playing' },
    element(
      'div',
      { className: 'row' },
      element('b', { className: 'grow' }, title),
      until !== undefined && element('time', { className: 'num', data: { until: String(until) } }, ''),
    ),
    ...rest,
  )

const actions = (...list) =>
  element(
    'div',
    { className: 'row' },
    ...list.map(([text, click]) => element('button', { type: 'button', className: 'grow', on: { click } }, text)),
  )

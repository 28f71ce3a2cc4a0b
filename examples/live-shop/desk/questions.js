import { command } from './desk-api.js'
import { byId, element } from './element.js'

/** Which question is being answered in words; the list is not drawn anew under the host's fingers. */
let writing
/** In which order the open ones stand. */
let isNewestFirst = false
let redraw = () => {}

/** Puts the questions beside the chat, in one panel. */
export function startQuestions() {
  const panel = byId('room-chat')
  const tab = (view, words) =>
    element('button', { type: 'button', data: { view }, on: { click: () => choose(view) } }, words)
  const tabs = element(
    'div',
    { className: 'segments', id: 'talk-tabs' },
    tab('chat', 'Chat'),
    tab('questions', 'Questions'),
  )
  const choose = (view) => {
    panel.dataset.view = view
    for (const button of tabs.children) button.setAttribute('aria-pressed', String(button.dataset.view === view))
  }
  byId('h-chat').after(tabs)
  const order = (name, words) =>
    element('button', { type: 'button', data: { order: name }, on: { click: () => sortBy(name) } }, words)
  const sortBy = (name) => {
    isNewestFirst = name === 'newest'
    redraw()
  }
  byId('log').after(
    element(
      'div',
      { className: 'segments', id: 'question-order' },
      order('votes', 'Most votes'),
      order('newest', 'Newest'),
    ),
    element('ol', { className: 'log asked', id: 'questions', ariaLabel: 'Questions' }),
  )
  choose('chat')
}

/** Questions with the most votes first, or the newest; those answered last. */
export function drawQuestions({ questions, openQuestions, products, status }) {
  const list = byId('questions')
  const open = questions.filter(({ isAnswered }) => !isAnswered)
  if (isNewestFirst) open.sort((a, b) => b.at - a.at)
  byId('talk-tabs').querySelector('[data-view=questions]').textContent = openQuestions
    ? `Questions · ${openQuestions}`
    : 'Questions'
  for (const button of byId('question-order').children)
    button.setAttribute('aria-pressed', String((button.dataset.order === 'newest') === isNewestFirst))
  const mark = JSON.stringify([questions, status, writing, isNewestFirst])
  if (list.dataset.mark === mark || list.querySelector('form:focus-within')) return
  list.dataset.mark = mark
  const again = () => drawQuestions({ questions, openQuestions, products, status })
  redraw = again
  const rows = [...open, ...questions.filter(({ isAnswered }) => isAnswered)]
  const hidden = openQuestions - open.length
  list.replaceChildren(
    ...rows.map((question) => row(question, { products, isOver: status === 'ended', again })),
    ...(hidden > 0 ? [element('li', { className: 'rest' }, `${hidden} more with fewer votes`)] : []),
  )
}

function row(question, { products, isOver, again }) {
  const { id, text, name = 'Guest', productId, votes, isAnswered } = question
  const product = products.find((one) => one.id === productId)?.title
  const button = (words, click, className = '') =>
    element('button', { type: 'button', className, disabled: isOver, on: { click } }, words)
  const write = (value) => {
    writing = value
    again()
  }
  return element(
    'li',
    { data: { question: id, answered: String(isAnswered) } },
    element('b', { className: 'votes num', title: 'Votes' }, String(votes)),
    element(
      'div',
      { className: 'grow' },
      element('span', { dir: 'auto' }, text),
      element('small', { dir: 'auto' }, [name, product, isAnswered && 'answered'].filter(Boolean).join(' · ')),
      writing === id && answerForm(id, () => write(undefined)),
    ),
    !isAnswered &&
      element(
        'div',
        { className: 'deeds' },
        button('Answer on air', () => command('answer-question', { id }), 'pin'),
        button('In words', () => write(writing === id ? undefined : id)),
        button('Hide', () => command('hide-question', { id })),
      ),
  )
}

function answerForm(id, done) {
  const form = element(
    'form',
    {
      className: 'row',
      on: {
        async submit(event) {
          event.preventDefault()
          const { ok } = await command('answer-question', { id, text: form.elements.text.value })
          if (ok) done()
        },
      },
    },
    element('input', {
      name: 'text',
      maxLength: 500,
      required: true,
      ariaLabel: 'Answer in words',
      placeholder: 'Your answer',
    }),
    element('button', { type: 'submit', className: 'primary' }, 'Answer'),
  )
  return form
}

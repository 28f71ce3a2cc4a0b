import { command } from './desk-api.js'
import { byId, element } from './element.js'

const LIMIT = 300

/** The chat as the host sees it: answer, pin, mute, delete, write. */
export function startChat() {
  const log = byId('log')
  const seen = new Set()
  const deleted = new Set()
  const form = byId('say')
  const team = element('input', { type: 'checkbox', name: 'team' })
  form.before(element('label', { className: 'as-team' }, team, element('span', {}, 'Write as the team')))
  let replyTo

  const answer = (event) => {
    replyTo = event?.id
    byId('quote').hidden = !event
    byId('quote-text').textContent = event ? `${event.data.author.name}: ${event.data.text}` : ''
    if (event) form.elements.text.focus()
  }
  byId('quote-off').addEventListener('click', () => answer(undefined))
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const text = form.elements.text.value
    const { ok } = await command('say', {
      text,
      ...(replyTo ? { replyTo } : {}),
      ...(team.checked ? { as: 'moderator' } : {}),
    })
    if (!ok) return
    form.reset()
    answer(undefined)
  })

  return {
    take(event) {
      if (event.type === 'chat.delete') {
        for (const id of event.data.ids) {
          deleted.add(id)
          log.querySelector(`[data-id="${CSS.escape(id)}"]`)?.remove()
        }
      }
      if (event.type !== 'chat.message' || seen.has(event.id) || deleted.has(event.id)) return
      seen.add(event.id)
      const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60
      log.append(line(event, answer))
      while (log.children.length > LIMIT) log.firstElementChild.remove()
      if (isAtEnd) log.scrollTop = log.scrollHeight
    },
    clear() {
      seen.clear()
      deleted.clear()
      log.replaceChildren()
    },
    toEnd() {
      log.scrollTop = log.scrollHeight
    },
  }
}

/** What is pinned on top of the chat, and which messages viewers have reported. */
export function drawTalk({ pinnedMessage, reports, followers, hearts }) {
  const before = byId('pinned-message')
  const mark = pinnedMessage?.id ?? ''
  if ((before?.dataset.id ?? '') !== mark) {
    before?.remove()
    if (pinnedMessage) byId('log').before(pinnedStrip(pinnedMessage))
  }
  for (const [id, count] of Object.entries(reports)) {
    const row = byId('log').querySelector(`[data-id="${CSS.escape(id)}"]`)
    if (row) row.dataset.reports = count === 1 ? '1 report' : `${count} reports`
  }
  byId('h-chat').textContent = `Chat · ${followers} ${followers === 1 ? 'follower' : 'followers'} · ${hearts} ♥`
}

const pinnedStrip = ({ id, author, text }) =>
  element(
    'p',
    { className: 'quote', id: 'pinned-message', data: { id } },
    element('span', { dir: 'auto' }, `Pinned: ${author.name}: ${text}`),
    element(
      'button',
      { type: 'button', ariaLabel: 'Take it down', on: { click: () => command('unpin-message') } },
      '×',
    ),
  )

function line(event, answer) {
  const { author, text, replyTo } = event.data
  const isHost = event.seq !== undefined && author.role !== 'viewer'
  return element(
    'li',
    { data: { id: event.id, role: isHost ? 'host' : 'viewer' } },
    element(
      'div',
      { className: 'grow' },
      replyTo ? element('small', { className: 'replied', dir: 'auto' }, `${replyTo.name}: ${replyTo.text}`) : undefined,
      element('b', { dir: 'auto' }, author.name),
      isHost ? element('span', { className: 'tag' }, author.role === 'host' ? 'Host' : 'Team') : undefined,
      element('span', { className: 'said', dir: 'auto' }, text),
    ),
    isHost ? undefined : element('button', { type: 'button', on: { click: () => answer(event) } }, 'Answer'),
    element('button', { type: 'button', on: { click: () => command('pin-message', { id: event.id }) } }, 'Pin'),
    isHost
      ? undefined
      : element(
          'button',
          {
            type: 'button',
            ariaLabel: `Mute ${author.name}`,
            title: 'Nothing more of this viewer is taken, in the chat or as a question',
            on: { click: () => command('mute', { id: event.id }) },
          },
          'Mute',
        ),
    element(
      'button',
      {
        type: 'button',
        ariaLabel: `Delete what ${author.name} wrote`,
        on: { click: () => command('delete', { id: event.id }) },
      },
      'Delete',
    ),
  )
}

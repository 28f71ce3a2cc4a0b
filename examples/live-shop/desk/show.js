import { command, signOut } from './desk-api.js'
import { byId, element } from './element.js'

let isAsking = false

/** The state of the show: pause, end; the chat's rules; sign out. */
export function drawShow(state) {
  const box = byId('show')
  const mark = JSON.stringify([state.status, state.chat, state.muted, isAsking, state.epoch])
  if (box.dataset.mark === mark) return
  box.dataset.mark = mark
  const again = () => drawShow(state)
  box.replaceChildren(...(state.status === 'ended' ? ended() : running(state, again)), leave())
}

function running({ status, chat, muted }, again) {
  const isPaused = status === 'paused'
  return [
    row(
      isPaused ? 'The show is paused' : 'The show is live',
      isPaused ? 'Viewers see a calm “back in a moment”.' : 'Pausing keeps everyone in the room.',
      button(isPaused ? 'Go on' : 'Pause', () => command(isPaused ? 'resume' : 'pause')),
    ),
    chatRow(chat),
    ...muted.map(({ author, name }) =>
      row(
        `${name} is muted`,
        'Whatever this viewer writes is refused.',
        button('Let speak', () => command('unmute', { author })),
      ),
    ),
    isAsking
      ? row(
          'End for everyone?',
          'The show becomes its own replay at the same address.',
          button('Yes, end it', () => ask(false, () => command('end'), again), 'danger'),
          button('No', () => ask(false, () => {}, again)),
        )
      : row(
          'End the show',
          'It becomes a replay at once.',
          button('End …', () => ask(true, () => {}, again)),
        ),
  ]
}

function ask(value, then, again) {
  isAsking = value
  then()
  again()
}

const ended = () => [row('The show has ended', 'The store page plays it as a replay.')]

function chatRow(chat) {
  const isOpen = chat.mode === 'open'
  const slow = element(
    'select',
    {
      ariaLabel: 'Slow mode',
      on: { change: () => command('chat-mode', { mode: chat.mode, slowMode: Number(slow.value) }) },
    },
    ...[0, 3, 10, 30, 60].map((seconds) =>
      element('option', { value: String(seconds) }, seconds ? `one message in ${seconds} s` : 'no slow mode'),
    ),
  )
  slow.value = String(chat.slowMode ?? 0)
  const toggle = button(isOpen ? 'Close chat' : 'Open chat', () =>
    command('chat-mode', { mode: isOpen ? 'closed' : 'open', slowMode: chat.slowMode ?? 0 }),
  )
  return row(isOpen ? 'Chat is open' : 'Chat is closed', 'Slow mode spaces out each viewer’s messages.', slow, toggle)
}

const leave = () =>
  row(
    'Signed in as host',
    'For twelve hours in this browser.',
    button('Sign out', () => signOut().then(() => location.reload())),
  )

const button = (text, click, className = '') => element('button', { type: 'button', className, on: { click } }, text)

const row = (title, text, ...controls) =>
  element(
    'div',
    { className: controls.length > 1 ? 'show-row long' : 'show-row' },
    element('div', { className: 'grow show-words' }, element('b', {}, title), element('small', {}, text)),
    ...controls,
  )

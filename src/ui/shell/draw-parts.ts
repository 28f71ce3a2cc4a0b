import type { ShellModel } from '../context.ts'
import { CLOSE, drawIcon } from './draw-icon.ts'
import { element } from './element.ts'

const SHRINK = 'M19 5l-6 6M13 6v5h5M5 19l6-6M6 13h5v5'

/** The elements of the player that are drawn by hand. */
export interface Parts {
  readonly dialog: HTMLDialogElement
  readonly frame: HTMLElement
  readonly picture: HTMLElement
  readonly top: HTMLElement
  /** Whatever else does not come, the small player can be closed. */
  readonly miniClose: HTMLElement
  /** What stands in the top bar before its buttons: the title at first. */
  readonly head: HTMLElement
  readonly title: HTMLElement
  /** What stands over the picture: nothing at first. */
  readonly body: HTMLElement
  /** Live regions, polite and urgent; there, empty, before anything is said. */
  readonly status: HTMLElement
  readonly alert: HTMLElement
}

/** Makes the player's elements, not in the page yet; all they do by themselves is minimise and close. */
export function drawParts({ commands, t, video }: ShellModel): Parts {
  const title = element('h2', { class: 'cut' })
  const head = element('div', { class: 'inside' }, element('div', { class: 'grow' }, title))
  const body = element('div', { class: 'inside' })
  const picture = element('div', { class: 'picture', part: 'picture' }, video)
  const top = element(
    'div',
    { class: 'top' },
    head,
    iconButton(t('player.minimise'), SHRINK, commands.minimise),
    iconButton(t('player.close'), CLOSE, commands.close),
  )
  const miniClose = iconButton(t('player.close'), CLOSE, commands.close)
  miniClose.classList.add('mini-close')
  const frame = element('div', { class: 'frame' }, picture, top, body, miniClose)
  const status = element('p', { class: 'sr', role: 'status' })
  const alert = element('p', { class: 'sr', role: 'alert' })
  const attributes = { class: 'player', part: 'player', tabindex: '-1', 'aria-label': t('player.label') }
  const dialog = element('dialog', { ...attributes, 'data-layout': 'tall' }, frame, status, alert)
  return { dialog, frame, picture, top, miniClose, head, title, body, status, alert }
}

function iconButton(label: string, d: string, onClick: () => void): HTMLElement {
  const attributes = { type: 'button', class: 'icon-button', 'aria-label': label, title: label }
  const button = element('button', attributes, drawIcon(d))
  button.addEventListener('click', onClick)
  return button
}

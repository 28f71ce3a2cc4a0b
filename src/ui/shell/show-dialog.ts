import type { View } from '../../state/create-state.ts'
import { focused } from './focused.ts'

/** Shows the dialog of one player. */
export interface ShowDialog {
  show(view: View): void
  end(): void
}

/**
 * Shows one dialog in three ways without moving it: modal in full, in the top layer's corner as mini (so the video in it is
 * never disturbed), not at all. Focus goes in with the full view and comes back to the opener, or to the launcher where that is gone.
 * A widget that is moved in its page, or put in again, leaves the top layer without a word: its size, set in the styles, tells, and it is shown anew.
 */
export function createShowDialog(dialog: HTMLDialogElement): ShowDialog {
  let shown: View = 'closed'
  let opener: Element | null = null
  const observer = new ResizeObserver(() => isAdrift(dialog) && show(dialog, shown))
  observer.observe(dialog)
  return {
    show(view) {
      const before = shown
      if (before === view) return
      shown = view
      const now = focused()
      const isOurs = !now || now === document.body || dialog.contains(now)
      if (before === 'closed') opener = now
      show(dialog, view)
      // Where the small player's own buttons find it.
      if (view === 'mini' && before === 'full') dialog.focus({ preventScroll: true })
      if (view === 'closed' && isOurs) giveBack(opener, dialog)
    },
    end: () => observer.disconnect(),
  }
}

function show(dialog: HTMLDialogElement, view: View): void {
  hide(dialog)
  if (view === 'full') {
    if (isInline(dialog)) dialog.open = true
    else dialog.showModal()
    dialog.focus({ preventScroll: true })
  } else if (view === 'mini') {
    if (dialog.showPopover) {
      // A dialog takes the focus as it pops up; an inert one cannot take it from the page.
      dialog.inert = true
      try {
        dialog.popover = 'manual'
        dialog.showPopover()
      } finally {
        dialog.inert = false
      }
    } else dialog.open = true
  }
}

/** In the page, but out of the top layer where it was put. `:is` forgives a browser that does not know what is in it. */
const isAdrift = (dialog: Element): boolean =>
  dialog.isConnected &&
  (dialog.matches(':is([popover]:not(:popover-open))') ||
    (dialog.matches(':is([data-view=full][open]:not(:modal))') && !isInline(dialog)))

const isInline = (dialog: Element): boolean => hostOf(dialog)?.dataset.mount === 'inline'

const hostOf = (dialog: Element): HTMLElement | null => {
  const root = dialog.getRootNode()
  return root instanceof ShadowRoot && root.host instanceof HTMLElement ? root.host : null
}

function hide(dialog: HTMLDialogElement): void {
  // Taking the attribute away hides a popover.
  dialog.removeAttribute('popover')
  if (dialog.open) dialog.close()
}

function giveBack(opener: Element | null, dialog: Element): void {
  const root = dialog.getRootNode()
  const launcher = root instanceof ShadowRoot ? root.querySelector('[part=launcher]') : null
  const target = opener?.isConnected && opener !== document.body ? opener : launcher
  if (target instanceof HTMLElement) target.focus({ preventScroll: true })
}

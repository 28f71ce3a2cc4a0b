import type { Sheet } from '../../state/create-state.ts'
import type { ShellModel } from '../context.ts'
import type { Inside } from '../inside.tsx'
import { pressKey } from '../press-key.ts'
import { drawIcon, PLAY } from './draw-icon.ts'
import { drawParts, type Parts } from './draw-parts.ts'
import { element } from './element.ts'
import { createShowDialog } from './show-dialog.ts'
import { type Layout, watchLayout } from './watch-layout.ts'

/** What {@link drawShell} takes beside the model. */
export interface ShellOptions {
  /** A launcher is in the page already: none is drawn. */
  readonly hasLauncher?: boolean | undefined
  /** For browsers without constructed style sheets. */
  readonly nonce?: string | undefined
  /** The interface threw and is gone; it is drawn anew when the player opens again. */
  readonly onCrash: (cause: unknown) => void
}

/**
 * Draws the player by hand: one dialog with the picture, the title, minimise and close, in full view and small. All that is in
 * it comes with `inside.tsx`, asked for when it first opens, so that the first paint does not wait for it. Returns what takes it all away.
 */
export function drawShell(root: ShadowRoot, model: ShellModel, options: ShellOptions): () => void {
  const { state } = model
  const parts = drawParts(model)
  const { dialog, frame, top, miniClose } = parts
  const launcher = options.hasLauncher ? null : drawLauncher(model)
  const place = element('div', { class: 'root' }, ...(launcher ? [launcher] : []), dialog)
  const shown = createShowDialog(dialog)
  const { fill, lay, end } = createFilling(parts, model, options)
  root.append(place)
  hearLeaving(dialog, model)
  hearKeys(dialog, model)
  const stops = [
    state.$show.subscribe((known) => {
      const [width = 9, height = 16] = known?.video?.aspect?.split(':').map(Number) ?? []
      dialog.toggleAttribute('data-flat', width > height)
    }),
    state.$sheet.subscribe((sheet: Sheet) => {
      if (sheet) frame.dataset.sheet = sheet.name
      else delete frame.dataset.sheet
    }),
    ...drawPoster(parts, model),
    watchLayout(dialog, (layout) => {
      dialog.dataset.layout = layout
      lay(layout)
    }),
    state.$view.subscribe((view) => {
      dialog.dataset.view = view
      top.hidden = view !== 'full'
      miniClose.hidden = view !== 'mini'
      if (launcher) launcher.hidden = view !== 'closed'
      try {
        shown.show(view)
        if (view !== 'closed') fill()
      } catch (cause) {
        options.onCrash(cause)
      }
    }),
  ]
  return () => {
    for (const stop of stops) stop()
    shown.end()
    end()
    place.remove()
  }
}

/** Esc and a click beside the player leave it: a sheet first, and what plays goes on small. */
function hearLeaving(dialog: HTMLDialogElement, { state, commands }: ShellModel): void {
  const leave = () => {
    const isPlaying = ['playing', 'waiting', 'loading', 'away'].includes(state.$playback.get().phase)
    if (isPlaying && !state.$error.get()) commands.minimise()
    else commands.close()
  }
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault()
    if (state.$sheet.get()) commands.showSheet(null)
    else leave()
  })
  // A browser closes it all the same when it is asked to a second time.
  dialog.addEventListener('close', () => state.$view.get() === 'full' && !dialog.open && commands.close())
  dialog.addEventListener('click', (event) => event.target === dialog && leave())
}

/** The player's keys in full view; small, it leaves all of them to the page. */
function hearKeys(dialog: HTMLDialogElement, model: ShellModel): void {
  dialog.addEventListener('keydown', (event) => {
    if (model.state.$view.get() === 'full') pressKey(event, model)
  })
}

/** The button in the page's corner. It stays in the tree while the player is there, so that the focus can come back to it. */
function drawLauncher({ commands, t }: ShellModel): HTMLElement {
  const attributes = { type: 'button', class: 'launcher', part: 'launcher' }
  const launcher = element('button', attributes, drawIcon(PLAY), t('launcher.open'))
  launcher.addEventListener('click', commands.open)
  return launcher
}

/** The poster stands over the video until there is a frame. */
function drawPoster({ picture }: Parts, { state, url }: ShellModel): (() => void)[] {
  const image = element('img', { alt: '' })
  let shown: string | null = null
  const draw = () => {
    const poster = state.$playback.get().started ? null : url(state.$show.get()?.video?.poster)
    if (poster === shown) return
    shown = poster
    image.remove()
    if (!poster) return
    image.src = poster
    picture.append(image)
  }
  return [state.$show.subscribe(draw), state.$playback.subscribe(draw)]
}

/** Loads the inside when it is first wanted, and says so where it does not come. */
function createFilling(places: Parts, model: ShellModel, { nonce, onCrash }: ShellOptions) {
  const { dialog, body, title, status, alert } = places
  const { state, say, t } = model
  let inside: Inside | undefined
  let layout: Layout = 'tall'
  let hasEnded = false
  const stopTitle = state.$show.subscribe((show) => {
    if (!inside) title.textContent = say(show?.host?.name ?? show?.title)
  })
  const speak = (text: string, isUrgent?: boolean) => {
    const region = isUrgent ? alert : status
    // The same words again would not be heard.
    region.textContent = region.textContent === text ? `${text}\u00a0` : text
  }
  const load = async () => {
    if (inside) return inside.draw(layout)
    const waiting = element('p', { class: 'spinner' }, element('span', { class: 'sr' }, t('stage.waiting')))
    if (state.$view.get() === 'full') body.replaceChildren(waiting)
    const part = await import('../inside.tsx').catch(() => null)
    if (hasEnded || inside) return
    if (!part) {
      const again = element('button', { type: 'button' }, t('error.retry'))
      again.addEventListener('click', () => {
        // The button goes: the keys stay with the player.
        dialog.focus({ preventScroll: true })
        if (state.$error.get()) model.commands.retry()
        fill()
      })
      return body.replaceChildren(element('p', { class: 'failed' }, t('chunk.failed'), again))
    }
    body.replaceChildren()
    inside = part.fillPlaces(places, model, { nonce, speak, onCrash })
    inside.draw(layout)
  }
  const fill = () => {
    load().catch(onCrash)
  }
  return {
    fill,
    lay(next: Layout) {
      if (next === layout) return
      layout = next
      inside?.draw(next)
    },
    end() {
      hasEnded = true
      stopTitle()
      inside?.end()
    },
  }
}

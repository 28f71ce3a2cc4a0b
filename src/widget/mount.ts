import { adopt } from '../ui/adopt.ts'
import type { ShellModel } from '../ui/context.ts'
import { drawShell } from '../ui/shell/draw-shell.ts'
import { styles } from '../ui/shell/styles.ts'

/** What a mount is given beside the model. */
export interface MountOptions {
  /** For browsers without constructed style sheets. */
  readonly nonce: string | undefined
  /** The interface threw and is gone; it is drawn anew when the view changes. */
  readonly onCrash: (cause: unknown) => void
}

/**
 * Draws the interface into an element's open shadow root, beside the launcher that the loader may have drawn there.
 * Style sheets are adopted: a strict CSP blocks style elements, not these. Returns what takes it all away.
 */
export function mount(host: HTMLElement, model: ShellModel, { nonce, onCrash }: MountOptions): () => void {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const undress = adopt(root, styles.join(''), nonce)
  const launcher = root.querySelector('button')
  const stopView = model.state.$view.subscribe((view) => {
    host.dataset.view = view
    if (launcher) launcher.style.visibility = view === 'closed' ? '' : 'hidden'
  })
  const takeAway = drawShell(root, model, { hasLauncher: launcher !== null, nonce, onCrash })
  return () => {
    stopView()
    if (launcher) launcher.style.visibility = ''
    takeAway()
    undress()
  }
}

import { Component, type ComponentChildren, createRef, render } from 'preact'
import { adopt } from '../ui/adopt.ts'
import { App } from '../ui/app.tsx'
import type { UiModel } from '../ui/context.ts'
import { styles } from '../ui/styles.ts'

/** What a mount is given beside the model. */
export interface MountOptions {
  /** For browsers without constructed style sheets. */
  readonly nonce: string | undefined
  /** The interface threw and is gone; it is drawn anew when the view changes. */
  readonly onCrash: (cause: unknown) => void
}

/** What a component throws ends here and not in the page's `window.onerror`. */
export class Guard extends Component<{ onCrash: (cause: unknown) => void; children: ComponentChildren }> {
  override state = { isBroken: false }

  static override getDerivedStateFromError() {
    return { isBroken: true }
  }

  override componentDidCatch(cause: unknown) {
    this.props.onCrash(cause)
  }

  override render() {
    return this.state.isBroken ? null : this.props.children
  }
}

/**
 * Draws the interface into an element's open shadow root, beside the launcher that the loader may have drawn there.
 * Style sheets are adopted: a strict CSP blocks style elements, not these. Returns what takes it all away.
 */
export function mount(host: HTMLElement, model: UiModel, { nonce, onCrash }: MountOptions): () => void {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const undress = adopt(root, styles.join(''), nonce)
  const launcher = root.querySelector('button')
  const place = document.createElement('div')
  root.append(place)
  const guard = createRef<Guard>()
  const stopView = model.state.$view.subscribe((view) => {
    host.dataset.view = view
    // After the crash has been drawn: what it took away, the launcher too, is drawn anew once.
    queueMicrotask(() => guard.current?.setState({ isBroken: false }))
    if (launcher) launcher.style.visibility = view === 'closed' ? '' : 'hidden'
  })
  render(
    <Guard ref={guard} onCrash={onCrash}>
      <App model={model} hasLauncher={launcher !== null} nonce={nonce} />
    </Guard>,
    place,
  )
  return () => {
    stopView()
    if (launcher) launcher.style.visibility = ''
    render(null, place)
    place.remove()
    undress()
  }
}

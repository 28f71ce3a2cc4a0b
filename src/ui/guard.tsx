import { Component, type ComponentChildren } from 'preact'

/** What a component throws ends here and not in the page's `window.onerror`; nothing is drawn from then on. */
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

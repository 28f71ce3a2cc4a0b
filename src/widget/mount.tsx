import { render } from 'preact'
import { App } from '../ui/app.tsx'
import type { UiModel } from '../ui/context.ts'
import { styles } from '../ui/styles.ts'

/**
 * Draws the interface into an element's open shadow root, in place of what the loader drew there.
 * Style sheets are adopted: a strict CSP blocks style elements, not these. Returns what takes it all away.
 */
export function mount(host: HTMLElement, model: UiModel, nonce: string | undefined): () => void {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  adopt(root, styles.join(''), nonce)
  root.querySelector('[data-castcart-launcher]')?.remove()
  render(<App model={model} />, root)
  return () => {
    render(null, root)
    root.replaceChildren()
    root.adoptedStyleSheets = []
  }
}

function adopt(root: ShadowRoot, css: string, nonce: string | undefined): void {
  if ('adoptedStyleSheets' in root && 'replaceSync' in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [sheet]
    return
  }
  // Safari before 16.4 has no constructed sheets.
  const style = document.createElement('style')
  if (nonce) style.nonce = nonce
  style.textContent = css
  root.append(style)
}

/**
 * Adopts the style sheets of parts that come later, each once, into the shadow root that `inside` is in. Where sheets
 * cannot be constructed (Safari before 16.4) a style element takes the nonce of the one that is there.
 */
export function createDress(inside: Node): { add(css: string): void; remove(): void } {
  const worn = new Map<string, () => void>()
  return {
    add(css) {
      const root = inside.getRootNode()
      if (worn.has(css) || !(root instanceof ShadowRoot)) return
      worn.set(css, adopt(root, css))
    },
    remove() {
      for (const off of worn.values()) off()
      worn.clear()
    },
  }
}

function adopt(root: ShadowRoot, css: string): () => void {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
    return () => {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== sheet)
    }
  } catch {
    const style = document.createElement('style')
    style.nonce = root.querySelector('style')?.nonce ?? ''
    style.textContent = css
    root.append(style)
    return () => style.remove()
  }
}

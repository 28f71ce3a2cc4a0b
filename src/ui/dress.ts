/** Adopts the style sheets of parts that come later, each once, into the shadow root that `inside` is in. */
export function createDress(inside: Node): { add(css: string): void; remove(): void } {
  const worn = new Map<string, CSSStyleSheet>()
  return {
    add(css) {
      const root = inside.getRootNode()
      if (worn.has(css) || !(root instanceof ShadowRoot)) return
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(css)
      worn.set(css, sheet)
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
    },
    remove() {
      const root = inside.getRootNode()
      const mine = [...worn.values()]
      if (root instanceof ShadowRoot)
        root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => !mine.includes(sheet))
    },
  }
}

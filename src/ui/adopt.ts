/**
 * Puts a style sheet on a shadow root: adopted, which a strict CSP allows. Returns what takes it off.
 * @param nonce for the style element that stands in where sheets cannot be constructed (Safari before 16.4)
 */
export function adopt(root: ShadowRoot, css: string, nonce: string | undefined): () => void {
  if ('adoptedStyleSheets' in root && 'replaceSync' in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
    return () => {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== sheet)
    }
  }
  const style = document.createElement('style')
  if (nonce) style.nonce = nonce
  style.textContent = css
  root.append(style)
  return () => style.remove()
}

/** How the player is composed: a phone upright, a phone on its side, a desk. */
export type Layout = 'tall' | 'wide' | 'desk'

/** Tells the composition by the dialog's own size, at once and when it changes; nothing while the dialog has no size. Returns what stops it. */
export function watchLayout(dialog: Element, onLayout: (layout: Layout) => void): () => void {
  const measure = () => {
    const { clientWidth: width, clientHeight: height } = dialog
    if (width > 1) onLayout(width >= 900 && height >= 480 ? 'desk' : width > height && height < 600 ? 'wide' : 'tall')
  }
  const observer = new ResizeObserver(measure)
  observer.observe(dialog)
  measure()
  return () => observer.disconnect()
}

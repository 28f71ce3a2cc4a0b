/** How long a card must be in view to have been seen, ms. */
const LONG_ENOUGH = 1000

/** What {@link reportSeen} watches and tells. */
export interface SeenOptions {
  /** Where the cards are: elements with `data-product`. */
  readonly root: ParentNode
  readonly signal: AbortSignal
  /** Called once for each product. */
  readonly onSeen: (productId: string) => void
}

/** Tells which products' cards were at least half in view for a second, without a break, in a page that was shown. */
export function reportSeen({ root, signal, onSeen }: SeenOptions): void {
  if (typeof IntersectionObserver !== 'function') return
  const seen = new Set<string>()
  const watched = new WeakSet<Element>()
  /** Cards in view, and since when, ms of the page's clock. */
  const inView = new Map<Element, number>()
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) inView.delete(target)
        else if (!inView.has(target)) inView.set(target, performance.now())
      }
    },
    { threshold: 0.5 },
  )
  const look = () => {
    for (const card of root.querySelectorAll('[data-product]')) {
      if (watched.has(card)) continue
      watched.add(card)
      observer.observe(card)
    }
    for (const [card, since] of inView) {
      const id = card.getAttribute('data-product') ?? ''
      if (!card.isConnected || seen.has(id)) inView.delete(card)
      else if (document.visibilityState !== 'visible') inView.set(card, performance.now())
      else if (performance.now() - since >= LONG_ENOUGH) {
        seen.add(id)
        onSeen(id)
      }
    }
  }
  const timer = setInterval(look, 250)
  signal.addEventListener('abort', () => {
    clearInterval(timer)
    observer.disconnect()
  })
}

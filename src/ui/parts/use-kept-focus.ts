import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

/**
 * What takes the place of a control that had the focus in `box` gets it, such as the result in the place of the button that asked for it: else
 * the focus would fall to the page, and Esc with it.
 */
export function useKeptFocus(box: RefObject<HTMLElement>): void {
  useEffect(() => {
    const { current } = box
    if (!current || typeof MutationObserver !== 'function') return
    let last: Node | null = null
    const note = ({ target }: FocusEvent) => {
      if (target instanceof Node) last = target
    }
    const observer = new MutationObserver((records) => {
      const root = current.getRootNode()
      const at = root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null
      const isLost = last && !last.isConnected && (!at || at.contains(current))
      const heir = isLost && heirOf(last, records)
      if (!(heir instanceof HTMLElement) || !current.contains(heir)) return
      heir.tabIndex = -1
      heir.focus({ preventScroll: true })
    })
    current.addEventListener('focusin', note)
    observer.observe(current, { childList: true, subtree: true })
    return () => {
      current.removeEventListener('focusin', note)
      observer.disconnect()
    }
  }, [])
}

/** What stands where `lost` was taken away, else what it stood in. */
function heirOf(lost: Node | null, records: readonly MutationRecord[]): Node | undefined {
  const place = records.find(({ removedNodes }) => [...removedNodes].some((node) => node.contains(lost)))?.target
  const there = records.flatMap(({ target, addedNodes }) => (target === place ? [...addedNodes] : []))
  return there.find((node) => node instanceof HTMLElement && node.isConnected) ?? place
}

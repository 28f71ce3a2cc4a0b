import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'

/**
 * Where a control in `box` is taken away while it has the focus, such as the button of a vote or a card's, the nearest that it stood in
 * and that can take it gets it, and with it the result: else the focus would fall to the page, and the player's keys with it.
 * @param around the box is what matches this around the element; absent: the element itself
 */
export function useKeptFocus(box: RefObject<HTMLElement>, around?: string): void {
  useLayoutEffect(() => {
    const current = around ? box.current?.closest<HTMLElement>(around) : box.current
    if (!current) return
    let path: HTMLElement[] = []
    const note = (event: Event) => {
      path = event.composedPath() as HTMLElement[]
    }
    const observer = new MutationObserver(() => {
      const root = current.getRootNode() as ShadowRoot
      const { body, activeElement } = document
      const isElsewhere = root.activeElement ? !root.activeElement.contains(current) : activeElement !== body
      if (path[0]?.isConnected !== false || isElsewhere) return
      path.some((node) => {
        if (!node.isConnected || !current.contains(node)) return false
        node.tabIndex = -1
        node.focus({ preventScroll: true })
        // What has no box of its own takes none.
        return node.matches(':focus')
      })
    })
    current.addEventListener('focusin', note)
    observer.observe(current, { childList: true, subtree: true })
    return () => {
      current.removeEventListener('focusin', note)
      observer.disconnect()
    }
  }, [])
}

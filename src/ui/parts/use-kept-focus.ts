import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

/**
 * Where a control in `box` is taken away while it has the focus, such as the button of a vote, what it stood in gets it, and with it the
 * result: else the focus would fall to the page, and Esc with it.
 */
export function useKeptFocus(box: RefObject<HTMLElement>): void {
  useEffect(() => {
    const { current } = box
    if (!current || typeof MutationObserver !== 'function') return
    let path: HTMLElement[] = []
    const note = (event: Event) => {
      path = event.composedPath() as HTMLElement[]
    }
    const observer = new MutationObserver(() => {
      const { activeElement } = current.getRootNode() as ShadowRoot
      if (path[0]?.isConnected !== false || (activeElement && !activeElement.contains(current))) return
      const heir = path.find((node) => node.isConnected)
      if (!heir || !current.contains(heir)) return
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

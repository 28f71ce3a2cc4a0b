import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

/** Tells the player's styles how much of it a keyboard on the screen hides (`--keyboard`, px). */
export function useKeyboard(inside: RefObject<Element>): void {
  useEffect(() => {
    const seen = window.visualViewport
    const dialog = inside.current?.closest('dialog')
    if (!seen || !dialog) return
    const yieldTo = () => {
      const hidden = seen.scale === 1 ? innerHeight - seen.height - seen.offsetTop : 0
      dialog.style.setProperty('--keyboard', `${Math.max(0, Math.round(hidden))}px`)
    }
    const ended = new AbortController()
    for (const type of ['resize', 'scroll']) seen.addEventListener(type, yieldTo, { signal: ended.signal })
    return () => {
      ended.abort()
      dialog.style.removeProperty('--keyboard')
    }
  }, [])
}

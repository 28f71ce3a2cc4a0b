import { useLayoutEffect, useRef } from 'preact/hooks'
import { focused } from './shell/focused.ts'

/**
 * Gives the focus back when what took it closes: to the element that had it, else to the player. Noted while rendering,
 * before anything is made inert: an inert element loses the focus at once.
 */
export function useOpener(isOpen: boolean): void {
  const opener = useRef<Element | null>(null)
  if (isOpen) opener.current ??= focused()
  useLayoutEffect(() => {
    if (!isOpen) return
    const player = opener.current?.closest('.player')
    return () => {
      const { current } = opener
      opener.current = null
      const target = current?.isConnected ? current : player
      if (target instanceof HTMLElement) target.focus({ preventScroll: true })
    }
  }, [isOpen])
}

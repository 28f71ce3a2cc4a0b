import type { RefObject } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'

/** How the player is composed: a phone upright, a phone on its side, a desk. */
export type Layout = 'tall' | 'wide' | 'desk'

/** The composition by the dialog's own size; also tells the styles how much a keyboard on the screen hides (`--keyboard`, px). */
export function useLayout(ref: RefObject<HTMLElement>): Layout {
  const [layout, setLayout] = useState<Layout>('tall')
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element
      if (width > 1)
        setLayout(width >= 900 && height >= 480 ? 'desk' : width > height && height < 600 ? 'wide' : 'tall')
    }
    const observer = typeof ResizeObserver === 'function' ? new ResizeObserver(measure) : null
    observer?.observe(element)
    measure()
    const seen = window.visualViewport
    const yieldToKeyboard = () => {
      const hidden = seen && seen.scale === 1 ? innerHeight - seen.height - seen.offsetTop : 0
      element.style.setProperty('--keyboard', `${Math.max(0, Math.round(hidden))}px`)
    }
    seen?.addEventListener('resize', yieldToKeyboard)
    seen?.addEventListener('scroll', yieldToKeyboard)
    return () => {
      observer?.disconnect()
      seen?.removeEventListener('resize', yieldToKeyboard)
      seen?.removeEventListener('scroll', yieldToKeyboard)
    }
  }, [])
  return layout
}

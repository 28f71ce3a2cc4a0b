import type { ComponentChildren, RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useWidget } from '../context.ts'
import { IconButton } from './button.tsx'
import { CLOSE } from './icon.tsx'
import { useKeptFocus } from './use-kept-focus.ts'

/** px that a sheet is pulled down before it closes. */
const PULL = 72

/** What {@link Sheet} takes. */
export interface SheetProps {
  readonly name: string
  /** Its name for screen readers. */
  readonly label: string
  /** Beside the close button. */
  readonly head?: ComponentChildren
  readonly children: ComponentChildren
  /** Stays in view below what scrolls: the one next action. */
  readonly foot?: ComponentChildren
}

/**
 * A panel over the player: from below on a phone, from the side where it lies, over the left column at a desk. It takes the focus; Esc,
 * the close button and a pull at its head close it. Who opens it gives the focus back (`useOpener`).
 */
export function Sheet({ name, label, head, children, foot }: SheetProps) {
  const { commands, t } = useWidget()
  const panel = useRef<HTMLElement>(null)
  const close = () => commands.showSheet(null)
  useEffect(() => panel.current?.focus({ preventScroll: true }), [])
  useKeptFocus(panel)
  const pull = usePull(panel, close)
  return (
    <section
      class="sheet"
      part="sheet"
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      ref={panel}
      data-name={name}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        close()
      }}
    >
      <div class="sheet-head" {...pull}>
        <i class="grab" />
        {head}
        <IconButton class="plain sheet-close" label={t('player.close')} d={CLOSE} onClick={close} />
      </div>
      <div class="sheet-body">{children}</div>
      {foot && <div class="sheet-foot">{foot}</div>}
    </section>
  )
}

function usePull(panel: RefObject<HTMLElement>, close: () => void) {
  const from = useRef<number | null>(null)
  const move = (by: number | null) => {
    panel.current?.style.setProperty('translate', by ? `0 ${Math.max(0, by)}px` : '')
  }
  const end = (event: PointerEvent) => {
    const by = from.current === null ? 0 : event.clientY - from.current
    from.current = null
    move(null)
    if (by > PULL && event.type === 'pointerup') close()
  }
  return {
    onPointerDown(event: PointerEvent) {
      const { target, currentTarget } = event
      if (!(target instanceof Element && currentTarget instanceof Element) || target.closest('button')) return
      // Only a sheet that came from below goes back there.
      if (getComputedStyle(currentTarget).touchAction !== 'none') return
      from.current = event.clientY
      currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove: (event: PointerEvent) => from.current !== null && move(event.clientY - from.current),
    onPointerUp: end,
    onPointerCancel: end,
  }
}

import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { clockTime } from '../clock-time.ts'
import { useWidget } from '../context.ts'
import { useStore } from '../use-store.ts'
import { Moments } from './moments.tsx'

/** Seconds that a key goes. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 5,
  ArrowUp: 5,
  ArrowLeft: -5,
  ArrowDown: -5,
  PageUp: 60,
  PageDown: -60,
  Home: -Infinity,
  End: Infinity,
}

/** The line: drag it, press it anywhere, or go by keys. The picture follows when it is let go. */
export function Scrubber() {
  const { state, commands, t } = useWidget()
  const { position, seekable, live } = useStore(state.$playback)
  const [start, end] = seekable
  const line = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<number | null>(null)
  const at = Math.min(end, Math.max(start, drag ?? position))
  const percent = ((at - start) / (end - start)) * 100
  const words = live ? t('replay.behind', { time: clockTime(end - at) }) : clockTime(at)
  const placeOf = ({ clientX }: PointerEvent) => {
    const { left, width } = line.current?.getBoundingClientRect() ?? { left: 0, width: 0 }
    const part = width ? Math.min(1, Math.max(0, (clientX - left) / width)) : 0
    return start + (isTurned(line.current) ? 1 - part : part) * (end - start)
  }
  const press = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const isSideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight'
    const to = position + (isSideways && isTurned(line.current) ? -step : step)
    commands.seek(Math.min(end, Math.max(start, to)))
  }
  return (
    <div class="scrub">
      <div
        class="scrub-line"
        role="slider"
        tabIndex={0}
        ref={line}
        aria-label={t('replay.bar')}
        aria-valuemin={Math.round(start)}
        aria-valuemax={Math.round(end)}
        aria-valuenow={Math.round(at)}
        aria-valuetext={live ? words : t('replay.at', { time: words, duration: clockTime(end) })}
        data-drag={drag !== null || undefined}
        onKeyDown={press}
        onPointerDown={(event: JSX.TargetedPointerEvent<HTMLDivElement>) => {
          if (event.button) return
          event.currentTarget.setPointerCapture(event.pointerId)
          setDrag(placeOf(event))
        }}
        onPointerMove={(event) => drag !== null && setDrag(placeOf(event))}
        onPointerUp={(event) => {
          if (drag !== null) commands.seek(placeOf(event))
          setDrag(null)
        }}
        onPointerCancel={() => setDrag(null)}
      >
        <span class="track">
          <i style={{ inlineSize: `${percent}%` }} />
        </span>
        <span class="knob" style={{ insetInlineStart: `${percent}%` }}>
          {drag !== null && <b class="num">{live ? `−${clockTime(end - at)}` : words}</b>}
        </span>
      </div>
      <Moments start={start} end={end} />
    </div>
  )
}

const isTurned = (element: Element | null): boolean => !!element && getComputedStyle(element).direction === 'rtl'

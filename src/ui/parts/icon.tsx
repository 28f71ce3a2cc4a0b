export { CLOSE, PLAY } from '../shell/draw-icon.ts'

/** A line icon on a 24 by 24 field; `d` is its path. Silent to screen readers: what carries it has the name. */
export function Icon({ d }: { d: string }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={d} />
    </svg>
  )
}

export const BAG = 'M5 8h14l-1 12H6zM9 8V7a3 3 0 0 1 6 0v1'
export const CHECK = 'M5 12l5 5 9-10'
export const QUESTION = 'M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.01'

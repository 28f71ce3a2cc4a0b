import type { State } from '../state/create-state.ts'

/** Said on the document by the widget that is to be heard; `detail` is its element. */
const HEARD = 'castcart:heard'

/** What {@link oneSound} works with. */
export interface SoundOptions {
  readonly stores: Pick<State, '$playback' | '$view'>
  readonly host: HTMLElement
  readonly silence: () => void
  readonly signal: AbortSignal
}

/** Of several shows in a page one is heard: where one gets sound or comes to full view, the others go silent. */
export function oneSound({ stores, host, silence, signal }: SoundOptions): void {
  let wasHeard = false
  const take = () => document.dispatchEvent(new CustomEvent(HEARD, { detail: host }))
  const hear = (event: Event) => {
    if (event instanceof CustomEvent && event.detail !== host && !stores.$playback.get().muted) silence()
  }
  document.addEventListener(HEARD, hear, { signal })
  const stops = [
    stores.$view.subscribe((view) => view === 'full' && take()),
    stores.$playback.subscribe(({ muted, phase }) => {
      const isHeard = !muted && phase === 'playing'
      if (isHeard && !wasHeard) take()
      wasHeard = isHeard
    }),
  ]
  signal.addEventListener('abort', () => {
    for (const stop of stops) stop()
  })
}

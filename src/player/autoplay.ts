/** What the viewer wants and what the browser lets happen; `play()` and `muted` of the element follow it. */
export interface Autoplay {
  /** The viewer (or the page) wants it to run. */
  readonly wanted: boolean
  readonly muted: boolean
  readonly soundChosen: boolean
  /** The browser refused even muted playback: only a tap helps. */
  readonly blocked: boolean
  /** Sound was just asked for and has not been seen to play yet. */
  readonly unmuting: boolean
}

/** What can happen to autoplay. `halted` is a pause that we did not ask for; `refused` carries the rejection's name. */
export type AutoplayEvent =
  | { readonly type: 'play' | 'pause' | 'running' | 'halted' }
  | { readonly type: 'sound'; readonly muted: boolean }
  | { readonly type: 'refused'; readonly name: string }

/** The state before anything was asked for. */
export function initialAutoplay(muted: boolean): Autoplay {
  return { wanted: false, muted, soundChosen: false, blocked: false, unmuting: false }
}

/**
 * The next state, and what to do to the element once its `muted` was set from that state.
 * A refusal with sound is retried muted, a refusal without ends in `blocked`; an `AbortError` (a `pause` or a new source came
 * in between) and any other name mean nothing here: the engine reports what is wrong with the media.
 */
export function stepAutoplay(state: Autoplay, event: AutoplayEvent): { state: Autoplay; act?: 'play' | 'pause' } {
  switch (event.type) {
    case 'play':
      return { state: { ...state, wanted: true, blocked: false }, act: 'play' }
    case 'pause':
      return { state: { ...state, wanted: false, blocked: false, unmuting: false }, act: 'pause' }
    case 'running':
      return { state: state.blocked || state.unmuting ? { ...state, blocked: false, unmuting: false } : state }
    case 'sound':
      return chooseSound(state, event.muted)
    case 'halted':
      return state.unmuting ? fallSilent(state) : { state: { ...state, wanted: false } }
    case 'refused':
      if (event.name !== 'NotAllowedError' || !state.wanted) return { state }
      return state.muted ? { state: { ...state, blocked: true } } : fallSilent(state)
  }
}

function chooseSound(state: Autoplay, muted: boolean): { state: Autoplay; act?: 'play' } {
  const next = { ...state, muted, soundChosen: true, unmuting: !muted && state.wanted }
  return next.unmuting ? { state: next, act: 'play' } : { state: next }
}

function fallSilent(state: Autoplay): { state: Autoplay; act: 'play' } {
  return { state: { ...state, muted: true, soundChosen: false, unmuting: false }, act: 'play' }
}

/** One measured round trip; ms since 1970, the first two by the client's clock. */
export interface ClockSample {
  readonly sentAt: number
  readonly receivedAt: number
  readonly serverAt: number
}

/** The server's time on this machine. */
export interface ServerClock {
  /** Takes a measurement. Impossible ones (negative, over 30 s, not finite) are ignored. */
  sample(sample: ClockSample): void
  /** Server time, ms since 1970; never goes backwards once known. Before that the client's own clock as it stood at first. */
  now(): number
  /** Server time minus the client's wall clock, ms; 0 while nothing is known. */
  offset(): number
  /** Whether a sample holds. Turns false when the machine slept or its clock was set: measure again. */
  known(): boolean
  /** Drops what was measured; `now` goes on counting until the next sample. */
  forget(): void
}

/** Ms a quartz may drift per ms. A sample loses this much of its worth as it ages. */
const DRIFT = 1e-4
/** A jump between the two client clocks, ms, that means sleep or a clock that was set. */
const JUMP = 2000

/**
 * Offset from round trips by NTP's rule: the middle of the trip, least trip wins, ageing so that drift is followed. Counts
 * on the monotonic clock, so a viewer who sets the wall clock moves no offer. A correction backwards is made by running at half
 * speed, one forwards at once.
 */
export function createServerClock({
  now: wall = Date.now,
  monotonic = () => performance.now(),
}: {
  now?: () => number
  monotonic?: () => number
} = {}): ServerClock {
  let best: { readonly error: number; readonly at: number } | undefined
  let offset: number | undefined
  let skew = wall() - monotonic()
  const first = skew
  let shown = Number.NEGATIVE_INFINITY
  let shownAt = 0

  function known() {
    const current = wall() - monotonic()
    if (Math.abs(current - skew) > JUMP) best = undefined
    skew = current
    return best !== undefined
  }

  function now() {
    if (offset === undefined) return monotonic() + first
    const at = monotonic()
    shown = Math.max(at + offset, shown + Math.max(0, at - shownAt) / 2)
    shownAt = at
    return shown
  }

  return {
    sample({ sentAt, receivedAt, serverAt }) {
      const error = (receivedAt - sentAt) / 2
      const at = monotonic() - (wall() - receivedAt)
      const next = serverAt - (at - error)
      if (!(error >= 0 && error <= 15_000) || !Number.isFinite(next)) return
      if (known() && best && offset !== undefined) {
        const worth = best.error + Math.abs(at - best.at) * DRIFT
        // Outside both errors one of the clocks was set: then the newer measurement is right.
        if (error > worth && Math.abs(next - offset) <= error + worth) return
      }
      if (offset !== undefined) now()
      offset = next
      best = { error, at }
    },
    now,
    offset: () => (offset === undefined ? 0 : now() - wall()),
    known,
    forget() {
      best = undefined
    },
  }
}

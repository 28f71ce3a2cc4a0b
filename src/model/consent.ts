/** What a viewer agreed to. Nothing is kept or told before. */
export interface Consent {
  /** What the viewer did may be kept in this browser beyond the visit. */
  readonly storage: boolean
  /** Sinks that count may be told. */
  readonly analytics: boolean
  /** Sinks that advertise may be told. */
  readonly marketing: boolean
}

/** Tells what was agreed to, now and at each change, until `signal` aborts. Not called: nothing was agreed to. */
export type ConsentSource = (tell: (consent: Consent) => void, signal: AbortSignal) => void

export const NO_CONSENT: Consent = { storage: false, analytics: false, marketing: false }
export const FULL_CONSENT: Consent = { storage: true, analytics: true, marketing: true }

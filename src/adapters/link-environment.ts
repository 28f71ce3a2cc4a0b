import { backoff } from '../lib/backoff.ts'
import { pause } from '../lib/pause.ts'

/** The machine around a link; a test gives its own. */
export interface LinkEnvironment {
  /** Monotonic, ms. */
  now(): number
  /** Runs once after `ms`; returns what cancels it. */
  wait(ms: number, run: () => void): () => void
  /** From 0 to below 1. */
  random(): number
  /** Sends `online`, `offline`, `pagehide`, `pageshow`; absent outside a page. */
  readonly window?: EventTarget | undefined
  /** Sends `visibilitychange`; absent outside a page. */
  readonly document?: (EventTarget & { readonly visibilityState: string }) | undefined
}

/** The environment of the page, or of a plain program where there is none. */
export function browserEnvironment(): LinkEnvironment {
  return {
    now: () => performance.now(),
    wait(ms, run) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    random: Math.random,
    window: globalThis.window,
    document: globalThis.document,
  }
}

/** What connections, gaps and actions wait with: `delay` is the backoff's jittered ms, `pause` resolves after ms and never once `signal` aborted. */
export function waits(env: LinkEnvironment, signal: AbortSignal, firstWait: number) {
  return {
    delay: (attempt: number) => backoff(attempt, env.random, firstWait),
    pause: (ms: number) => pause(ms, { wait: env.wait, signal }),
  }
}

import { pause } from './pause.ts'

/** Resolves after `ms` of real time; never once `signal` aborted, and then no timer is left. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  const wait = (time: number, run: () => void) => {
    const timer = setTimeout(run, time)
    return () => clearTimeout(timer)
  }
  return pause(ms, { wait, signal })
}

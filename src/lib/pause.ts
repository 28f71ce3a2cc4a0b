/**
 * Resolves after `ms`; never once `signal` aborted, and then no timer is left.
 * @param wait runs once after `ms`, returns what cancels it
 */
export function pause(
  ms: number,
  { wait, signal }: { readonly wait: (ms: number, run: () => void) => () => void; readonly signal: AbortSignal },
): Promise<void> {
  const done = new AbortController()
  return new Promise<void>((resolve) => {
    if (!signal.aborted) signal.addEventListener('abort', wait(ms, resolve), { signal: done.signal })
  }).finally(() => done.abort())
}

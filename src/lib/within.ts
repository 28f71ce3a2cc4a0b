/**
 * Runs something that may never settle. Its signal aborts, and the answer rejects, after `ms` milliseconds or when `signal`
 * aborts, whether or not the work listens.
 */
export function within<T>(ms: number, signal: AbortSignal, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const inner = new AbortController()
  return new Promise<T>((resolve, reject) => {
    const stop = () => {
      inner.abort()
      reject(new DOMException(`No answer within ${ms} ms`, signal.aborted ? 'AbortError' : 'TimeoutError'))
    }
    if (signal.aborted) return stop()
    const timer = setTimeout(stop, ms)
    signal.addEventListener('abort', stop, { signal: inner.signal })
    run(inner.signal)
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer)
        inner.abort()
      })
  })
}

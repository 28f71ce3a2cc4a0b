/**
 * Runs a change of our own by the page's script; meanwhile `acting` says that what the page tells is no news. A script that never answers holds it
 * no longer than `signal` lives.
 */
export async function whileActing<T>(
  store: { acting: boolean },
  signal: AbortSignal,
  run: () => Promise<T>,
): Promise<T> {
  const rest = () => {
    store.acting = false
  }
  store.acting = true
  signal.addEventListener('abort', rest)
  try {
    return await run()
  } finally {
    rest()
  }
}

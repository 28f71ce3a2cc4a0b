/** How often the page is looked at, ms. */
const EVERY = 150

/**
 * What the page's own script puts there, once it is there; such scripts come late. Rejects when `signal` aborts: nothing else ends the wait.
 * @param find `undefined`: not there yet
 */
export async function whenThere<T>(find: () => T | undefined, signal: AbortSignal): Promise<T> {
  for (;;) {
    const found = find()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, EVERY))
    signal.throwIfAborted()
  }
}

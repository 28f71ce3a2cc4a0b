/**
 * One lock per key: asked again for the wish that is under way (or waiting), it gives the same promise; another wish for the same
 * key takes the lock over, so that the newest one is what a further click is held against.
 * @param run runs what holds a lock, in the order of asking; it must not reject
 * @param onBusy told every key that is held, at each change
 */
export function createLocks<R>(
  run: (work: () => Promise<R>) => Promise<R>,
  onBusy: (keys: readonly string[]) => void,
): (key: string, wish: string, work: () => Promise<R>) => Promise<R> {
  const held = new Map<string, { readonly wish: string; readonly result: Promise<R> }>()
  return (key, wish, work) => {
    const current = held.get(key)
    if (current?.wish === wish) return current.result
    const mine = {
      wish,
      result: run(work).finally(() => {
        if (held.get(key) === mine) held.delete(key)
        onBusy([...held.keys()])
      }),
    }
    held.set(key, mine)
    onBusy([...held.keys()])
    return mine.result
  }
}

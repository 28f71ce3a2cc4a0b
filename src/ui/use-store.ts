import type { ReadableAtom } from 'nanostores'
import { useEffect, useReducer } from 'preact/hooks'

/** The value of a store, rendered anew when it changes. */
export const useStore = <T>(store: ReadableAtom<T>): T => usePart(store, (value) => value)

/** What `pick` takes of a store's value, rendered anew only when that changes: for a store that moves often. */
export function usePart<T, P>(store: ReadableAtom<T>, pick: (value: T) => P): P {
  const [, render] = useReducer((count: number) => count + 1, 0)
  const value = pick(store.get())
  useEffect(() => {
    let last = value
    return store.subscribe((next) => {
      const part = pick(next)
      if (part !== last) render(undefined)
      last = part
    })
  }, [store])
  return value
}

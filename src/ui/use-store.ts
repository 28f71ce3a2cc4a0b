import type { ReadableAtom } from 'nanostores'
import { useEffect, useReducer } from 'preact/hooks'

/** The value of a store, rendered anew when it changes. */
export function useStore<T>(store: ReadableAtom<T>): T {
  const [, render] = useReducer((count: number) => count + 1, 0)
  const value = store.get()
  useEffect(() => {
    let last = value
    return store.subscribe((next) => {
      if (next !== last) render(undefined)
      last = next
    })
  }, [store])
  return value
}

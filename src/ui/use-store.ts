import type { ReadableAtom } from 'nanostores'
import { useEffect, useReducer } from 'preact/hooks'

/** The value of a store, rendered anew when it changes. */
export function useStore<T>(store: ReadableAtom<T>): T {
  const [, render] = useReducer((n: number, _: unknown) => n + 1, 0)
  useEffect(() => {
    const seen = store.get()
    let first = true
    return store.subscribe((value) => {
      if (!first || value !== seen) render(value)
      first = false
    })
  }, [store])
  return store.get()
}

import { useWidget } from './context.ts'
import { useStore } from './use-store.ts'

/**
 * A state of a form that outlives it: a sheet that closes, a player that goes small and a picture that goes back lose nothing typed. Kept in memory
 * under `name`; `put` takes the value, or what makes it of the latest one.
 */
export function useDraft<T>(name: string, empty: T): [draft: T, put: (next: T | ((latest: T) => T)) => void] {
  const { state, commands } = useWidget()
  useStore(state.$drafts)
  const read = () => (state.$drafts.get()[name] ?? empty) as T
  return [read(), (next) => commands.draft(name, next instanceof Function ? next(read()) : next)]
}

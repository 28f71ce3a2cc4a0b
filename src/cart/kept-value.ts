import { quietly } from './tell-theme.ts'

/** How a storefront shares a short text with the widget. */
export interface KeptOptions {
  /** The storefront's own `localStorage` key: read, and written once the viewer acted. Absent: `fallback` in `sessionStorage`. */
  readonly key?: string | undefined
  /** The storefront's own way to it, instead of a key. */
  readonly get?: (() => string | null | undefined | Promise<string | null | undefined>) | undefined
  readonly set?: ((value: string | undefined) => void | Promise<void>) | undefined
}

/** A cart's id or a session's token, shared with the storefront and between pages. */
export interface KeptValue {
  get(): Promise<string | undefined>
  /** Holds it in this page; nothing is stored. */
  learn(value: string | undefined): void
  /** Stores what is held, so that the next page has it: called for what the viewer did, never before. */
  keep(): Promise<void>
  /** Calls back when another tab changed it. Returns what stops it. */
  watch(onChange: () => void): () => void
}

/**
 * A value of a headless store's session. A page that may not store anything keeps it until it is left.
 * @param fallback key in `sessionStorage` where the storefront names none
 */
export function keptValue(fallback: string, { key, get, set }: KeptOptions): KeptValue {
  const name = key ?? fallback
  // Asked for each time: a getter of a blocked storage throws.
  const storage = () => (key ? globalThis.localStorage : globalThis.sessionStorage)
  const stored = () => quietly(() => storage()?.getItem(name)) || undefined
  let held: string | undefined
  let isKept = false
  return {
    async get() {
      if (get) return (await get()) || held
      // The storefront that dropped its own value has begun another cart.
      return stored() ?? (isKept && key ? undefined : held)
    },
    learn(value) {
      if (value !== held) isKept = false
      held = value
    },
    async keep() {
      if (isKept) return
      if (set) await set(held)
      else if (!get) {
        if (held === undefined) quietly(() => storage()?.removeItem(name))
        else quietly(() => storage()?.setItem(name, `${held}`))
        isKept = stored() === held
      }
    },
    watch(onChange) {
      const off = new AbortController()
      const hear = (event: StorageEvent) => event.key === name && onChange()
      globalThis.window?.addEventListener('storage', hear, { signal: off.signal })
      return () => off.abort()
    },
  }
}

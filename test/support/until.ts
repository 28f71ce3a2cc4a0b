import { vi } from 'vitest'

/** Waits until `check` throws no more, as long as a busy machine may need: `vi.waitFor` alone gives up after a second. */
export function until(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 15_000, interval: 20 })
}

/** Adds `key` to a bounded memory that forgets its oldest. `false` where it was there already. */
export function remember<T>(memory: Set<T>, key: T, limit: number): boolean {
  if (memory.has(key)) return false
  memory.add(key)
  if (memory.size > limit) for (const oldest of memory) return memory.delete(oldest)
  return true
}

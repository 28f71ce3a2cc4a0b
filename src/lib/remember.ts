/** Adds `key` to a bounded memory that forgets its oldest, an eighth at a time (one by one is slow). `false` where it was there already. */
export function remember<T>(memory: Set<T>, key: T, limit: number): boolean {
  if (memory.has(key)) return false
  memory.add(key)
  if (memory.size <= limit) return true
  let surplus = Math.max(1, limit >> 3)
  for (const oldest of memory) {
    memory.delete(oldest)
    if (--surplus <= 0) break
  }
  return true
}

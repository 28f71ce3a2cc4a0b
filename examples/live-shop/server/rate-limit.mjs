/**
 * A bucket of tokens, full at first: `burst` at once, then `perSecond`.
 * @param {{ perSecond: number, burst: number, now?: () => number }} options
 */
export function createBucket({ perSecond, burst, now = Date.now }) {
  let tokens = burst
  let seen = now()
  /** Takes as many as are allowed, `count` at most; says how many. */
  const takeUpTo = (count) => {
    const time = now()
    tokens = Math.min(burst, tokens + (Math.max(0, time - seen) / 1000) * perSecond)
    seen = time
    const taken = Math.min(count, Math.floor(tokens))
    tokens -= taken
    return taken
  }
  return {
    /** Whether one more is allowed; takes it if so. */
    take: () => takeUpTo(1) === 1,
    takeUpTo,
  }
}

/** A map that forgets entries older than `forMs`, and the oldest when there are more than `limit`. */
export function createMemory({ forMs, limit, now = Date.now }) {
  const entries = new Map()
  const forget = () => {
    for (const [key, { at }] of entries) {
      if (entries.size <= limit && now() - at < forMs) return
      entries.delete(key)
    }
  }
  return {
    get: (key) => {
      const entry = entries.get(key)
      return entry && now() - entry.at < forMs ? entry.value : undefined
    },
    set: (key, value) => {
      entries.delete(key)
      entries.set(key, { at: now(), value })
      forget()
    },
    delete: (key) => entries.delete(key),
  }
}

import { type Mine, NOTHING_MINE } from './mine.ts'

/**
 * What was kept with what was done since on top. The kept guest goes on: the show knows by it what is the viewer's; so does what only the kept
 * one has, and of two values of one name the later stands, of the codes in the cart too, which may go again.
 */
export function mineOver(kept: Mine, mine: Mine): Mine {
  if (kept === NOTHING_MINE) return mine
  const keys = Object.keys({ ...kept, ...mine })
  const both = keys.map((key) => [key, merged(Reflect.get(kept, key), Reflect.get(mine, key))])
  return { ...Object.fromEntries(both), guest: kept.guest || mine.guest, applied: mine.applied ?? kept.applied }
}

function merged(before: unknown, after: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(after)) return [...new Set([...before, ...after])]
  return isShelf(before) && isShelf(after) ? { ...before, ...after } : (after ?? before)
}

const isShelf = (value: unknown): value is object => typeof value === 'object' && value !== null

import type { Room } from './empty-room.ts'

/** Hearts of the show so far; 0: none are told of. */
export function heartCount({ now }: Room): number {
  return now.reactions?.data.total ?? now.audience?.data.likes ?? 0
}

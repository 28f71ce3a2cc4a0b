/** What the bench `events` runs: the way of a live event from its bytes to the room on screen. */
export { createLink } from '../../src/adapters/link.ts'
export { createServerClock } from '../../src/lib/server-clock.ts'
export { createShowLog } from '../../src/state/show-log.ts'

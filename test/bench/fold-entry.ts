/** What the bench `fold` runs: the way from a log's bytes to the room on screen. */
export { createLink } from '../../src/adapters/link.ts'
export { timeline } from '../../src/adapters/timeline.ts'
export { createServerClock } from '../../src/lib/server-clock.ts'
export { createShowLog } from '../../src/state/show-log.ts'

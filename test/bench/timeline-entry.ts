/** What the bench `timeline` runs: the way from a recorded show's files to the room on screen. */
export { createLink } from '../../src/adapters/link.ts'
export { timeline } from '../../src/adapters/timeline.ts'
export { recordFeed } from '../../src/feed.ts'
export { createServerClock } from '../../src/lib/server-clock.ts'
export { createShowLog } from '../../src/state/show-log.ts'

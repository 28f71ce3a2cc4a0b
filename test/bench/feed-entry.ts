/** What the bench `feed` runs. */
export { feed } from '../../src/adapters/feed.ts'
export { createFeedWriter } from '../../src/feed.ts'

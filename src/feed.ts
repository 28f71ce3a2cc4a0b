export type { FeedIndex, FeedSegment } from './model/feed.ts'
export {
  createFeedWriter,
  type FeedFile,
  type FeedWriter,
  type FeedWriterOptions,
  recordFeed,
} from './state/feed-writer.ts'

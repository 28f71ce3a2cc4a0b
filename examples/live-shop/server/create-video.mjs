import { createLiveStream, createReplayStream } from './live-stream.mjs'

/**
 * The pictures of shows: one live stream while a show runs, a recording of each that has ended. The epoch is in every
 * address, so a browser's cache of one show is never mistaken for another.
 * @param {{ folder: string, now?: () => number }} options
 */
export function createVideo({ folder, now = Date.now }) {
  const recordings = new Map()
  let live
  return {
    start({ epoch, startedAt }) {
      live = { epoch, stream: createLiveStream({ folder, startedAt, now, base: `/live/${epoch}/` }) }
    },
    end({ epoch, startedAt, endedAt }) {
      if (live?.epoch === epoch) live.stream.end(endedAt)
      const seconds = Math.max(1, Math.ceil((endedAt - startedAt) / 1000))
      recordings.set(
        epoch,
        createReplayStream({ folder, startDate: startedAt, seconds, base: `/recordings/${epoch}/` }),
      )
    },
    /** Answers a request and says true, or leaves it alone and says false. */
    handle(request, response, pathname) {
      const epoch = /^\/recordings\/([\w-]+)\//.exec(pathname)?.[1]
      const stream = epoch ? recordings.get(epoch) : live?.stream
      return stream?.handle(request, response, pathname) ?? false
    },
  }
}

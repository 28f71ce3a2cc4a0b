import type { IncomingMessage, ServerResponse } from 'node:http'

/** Answers a request under its base path and says true; leaves any other alone and says false. */
export interface StreamHandler {
  handle(request: IncomingMessage, response: ServerResponse, pathname: string): boolean
}

export interface LiveStream extends StreamHandler {
  /** Closes the show at a date in ms (default now): the playlists get their end, and no later frame is served. */
  end(at?: number): void
}

export interface LiveStreamOptions {
  folder: string
  /** Date of the first frame, ms. */
  startedAt: number
  now?: () => number
  /** Seconds in the playlist; default 90. */
  windowSeconds?: number
  /** Seconds between a segment's last frame and the segment; default 0. */
  delay?: number
  /** Path it answers under; default `/live/`. */
  base?: string
}

export interface ReplayStreamOptions {
  folder: string
  /** Date of the replay's first frame, ms. */
  startDate: number
  seconds: number
  /** Second of the show with which the replay begins; default 0. */
  from?: number
  /** Path it answers under; default `/replay/`. */
  base?: string
}

export function createLiveStream(options: LiveStreamOptions): LiveStream
export function createReplayStream(options: ReplayStreamOptions): StreamHandler

/** Milliseconds between two ticks where no frames are presented. */
const TICK = 200

/** A frame older than this (ms) says nothing of the picture any more, unless the picture stands still. */
const STALE = 300

/** The frame on screen. */
export interface Frames {
  /**
   * Seconds of media of the frame on screen; without `requestVideoFrameCallback` or while hidden, of the playhead. After the last
   * frame it is the media's end: what happened while that frame was to be seen has happened too.
   */
  time(): number
}

/**
 * Calls `onFrame` once per presented frame, and five times a second (the browser's throttling permitting) while there are none,
 * until the signal aborts.
 */
export function tickFrames(video: HTMLVideoElement, onFrame: () => void, signal: AbortSignal): Frames {
  let shown: number | undefined
  let at = 0
  let handle = 0
  const canWatch = 'requestVideoFrameCallback' in video
  const forget = () => {
    shown = undefined
  }
  const watch = () => {
    handle = video.requestVideoFrameCallback((_, { mediaTime }) => {
      shown = mediaTime
      at = performance.now()
      watch()
      onFrame()
    })
  }
  const timer = setInterval(() => {
    if (performance.now() - at >= TICK) onFrame()
  }, TICK)
  video.addEventListener('seeking', forget, { signal })
  video.addEventListener('emptied', forget, { signal })
  signal.addEventListener('abort', () => {
    clearInterval(timer)
    if (canWatch) video.cancelVideoFrameCallback(handle)
  })
  if (canWatch) watch()
  const isShown = () => !video.ended && (video.paused || performance.now() - at < STALE)
  return { time: () => (shown !== undefined && isShown() ? shown : video.currentTime) }
}

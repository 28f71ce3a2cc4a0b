import { type AutoplayEvent, stepAutoplay } from './autoplay.ts'
import type { Drive } from './drive.ts'

/** Lets something happen to autoplay and does what follows from it. */
export function step(drive: Drive, event: AutoplayEvent): void {
  const { state, act: next } = stepAutoplay(drive.auto, event)
  const isNews = state !== drive.auto
  drive.auto = state
  if (next) act(drive, next)
  if (isNews) drive.update()
}

/** Sets the element's sound as autoplay has it, then plays or pauses it. Before there is an engine, playing waits for it; after the end nothing does. */
export function act(drive: Drive, what: 'play' | 'pause'): void {
  const { video, signal } = drive.options
  if (signal.aborted) return
  video.muted = drive.auto.muted
  if (what === 'pause') video.pause()
  if (what === 'pause' || !drive.engine) return
  Promise.resolve(video.play()).catch((error: unknown) => {
    if (!signal.aborted) step(drive, { type: 'refused', name: error instanceof Error ? error.name : '' })
  })
}

/** Starts what should run and does not: after a new source, a hidden page or a restored one. */
export function carryOn(drive: Drive): void {
  const { video } = drive.options
  if (drive.auto.wanted && !drive.auto.blocked && video.paused && !video.ended && !document.hidden) act(drive, 'play')
}

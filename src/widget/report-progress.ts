import type { Playback } from '../model/player.ts'
import type { PublicEvents } from '../model/track.ts'

type Percent = PublicEvents['video-progressed']['percent']
const MARKS: readonly Percent[] = [25, 50, 75, 100]
/** A step longer than this between two looks is a seek, s. */
const SEEK = 5

/** Hears the playback of a recording and tells each quarter that was reached by playing, once. */
export function reportProgress(onProgress: (percent: Percent) => void): (playback: Playback) => void {
  let before = 0
  let told = 0
  return ({ position, duration, phase }) => {
    const step = position - before
    before = position
    if (!(duration > 0) || step < 0 || step > SEEK) return
    for (const percent of MARKS) {
      const reached = (position / duration) * 100 >= percent || (percent === 100 && phase === 'ended')
      const passed = ((position - step) / duration) * 100 < percent
      if (!reached || !passed || percent <= told) continue
      told = percent
      onProgress(percent)
    }
  }
}

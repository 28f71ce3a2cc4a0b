import type { Player } from '../model/player.ts'
import { step } from './act.ts'
import type { Drive } from './drive.ts'

/** What the page can do with a running player. */
export function playerCommands(drive: Drive): Player {
  const { video, source } = drive.options
  const { follower, picture, recovery } = drive
  const seek = (position: number) => {
    if (!Number.isFinite(position)) return
    const [start, end] = drive.engine?.seekable() ?? [0, 0]
    video.currentTime = end > start ? Math.min(Math.max(position, start), end) : Math.max(0, position)
    follower.sought()
  }
  return {
    play() {
      if (video.ended && video.paused && !(drive.engine?.live() ?? source.live)) video.currentTime = 0
      if (drive.started && video.paused) follower.judge()
      step(drive, { type: 'play' })
    },
    pause: () => step(drive, { type: 'pause' }),
    seek,
    seekToDate(date) {
      const time = picture.timeOf(date)
      if (time !== null) seek(time)
    },
    goLive() {
      follower.goLive()
      if (!drive.auto.wanted) step(drive, { type: 'play' })
    },
    setMuted(muted) {
      step(drive, { type: 'sound', muted })
      video.muted = drive.auto.muted
      drive.update()
    },
    setRate(rate) {
      if (!(rate >= 0.25 && rate <= 4)) return
      follower.rate = rate
      video.playbackRate = rate
      drive.update()
    },
    setCaptions(on) {
      drive.captions.set(on)
      drive.engine?.setCaptions(on)
      drive.update()
    },
    retry: () => recovery.retry(),
    pictureTime: () => (drive.started ? picture.read() : null),
  }
}

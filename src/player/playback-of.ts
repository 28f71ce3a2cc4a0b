import type { Playback } from '../model/player.ts'
import type { Drive } from './drive.ts'
import { phaseOf } from './read-playback.ts'

/** Everything that the page is told, read off the element and the player's parts. */
export function playbackOf(drive: Drive): Playback {
  const { options, engine, recovery, follower, auto, captions, started } = drive
  const { video, source, serverNow } = options
  const live = engine?.live() ?? source.live
  const date = live ? drive.picture.read() : null
  const behind = date === null ? engine?.latency()?.behind : (serverNow() - date) / 1000
  const seekable = engine?.seekable() ?? [0, 0]
  const { blocked, wanted } = auto
  const facts = { wanted, blocked, started, hopeless: recovery.hopeless, troubled: recovery.trouble !== undefined }
  const phase = phaseOf(video, facts)
  const inStream = source.captions === 'stream' ? engine?.captions() : undefined
  return {
    phase,
    trouble: phase === 'away' || phase === 'failed' ? recovery.trouble : undefined,
    muted: auto.muted,
    soundChosen: auto.soundChosen,
    live,
    position: video.currentTime,
    duration: live ? Number.POSITIVE_INFINITY : Number.isFinite(video.duration) ? video.duration : seekable[1],
    seekable,
    latency: live ? behind : undefined,
    atLiveEdge: follower.atEdge(),
    rate: follower.rate,
    started,
    captions: inStream ?? captions.state(),
  }
}

import type { Player, PlayerOptions } from '../model/player.ts'
import { carryOn, step } from './act.ts'
import { initialAutoplay } from './autoplay.ts'
import type { Drive } from './drive.ts'
import { followLive } from './follow-live.ts'
import { createPictureTime } from './picture-time.ts'
import { playbackOf } from './playback-of.ts'
import { playerCommands } from './player-commands.ts'
import { isMoving, publishNews } from './read-playback.ts'
import { createRecovery } from './recovery.ts'
import { sidecarCaptions } from './sidecar-captions.ts'
import { reload, startEngine, startOf } from './start-engine.ts'
import { tickFrames } from './tick-frames.ts'

const EVENTS = [
  'playing',
  'waiting',
  'seeking',
  'seeked',
  'ratechange',
  'durationchange',
  'ended',
  'timeupdate',
  'emptied',
]

/** Milliseconds that never jump, whatever happens to the system's clock. */
const steadyNow = () => performance.timeOrigin + performance.now()

/**
 * A player for one video element: chooses an engine (hls.js or the browser’s own, each by `import()`), loads the source at once, begins with
 * `play()`, and keeps it going until the signal aborts, which leaves the element without a source.
 */
export function createPlayer(options: PlayerOptions): Player {
  prepare(options)
  const drive = assemble(options)
  listen(drive)
  void startEngine(drive, startOf(options))
  return playerCommands(drive)
}

/** Autoplay policies look at attributes as well as properties, and before there is a source. */
function prepare({ video, muted, source }: PlayerOptions): void {
  video.muted = video.defaultMuted = muted
  video.playsInline = true
  video.setAttribute('webkit-playsinline', '')
  video.preload = 'auto'
  if (source.poster) video.poster = source.poster
}

function assemble(options: PlayerOptions): Drive {
  const { video, source, signal, serverNow, onPlayback } = options
  const engine = () => drive.engine
  const frames = tickFrames(video, () => onTick(drive), signal)
  const picture = createPictureTime({ video, source, frames, engine, serverNow })
  const publish = publishNews(onPlayback, () => performance.now())
  const drive: Drive = {
    options,
    picture,
    captions: sidecarCaptions(options, () => drive.update()),
    follower: followLive({ video, engine, dateAt: picture.dateAt, now: steadyNow }),
    recovery: createRecovery({
      recoverMedia: () => drive.engine?.recoverMedia(),
      reload: (attempt, src) => reload(drive, attempt, src),
      freshSource: options.freshSource,
      onChange: () => drive.update(),
      now: () => performance.now(),
      random: Math.random,
      signal,
    }),
    update: () => signal.aborted || publish(playbackOf(drive)),
    auto: initialAutoplay(options.muted),
    engine: undefined,
    src: source.src,
    started: false,
    isOut: false,
    moved: { appended: 0, at: performance.now() },
  }
  return drive
}

function noteOut(drive: Drive): void {
  drive.isOut ||= !drive.options.video.isConnected
}

function onPause(drive: Drive): void {
  const { video } = drive.options
  const isOurs = !drive.auto.wanted || !video.paused || video.ended || video.readyState < 2 || document.hidden
  noteOut(drive)
  if (!isOurs && !drive.isOut) step(drive, { type: 'halted' })
  drive.update()
}

/**
 * Segments that came, and milliseconds that passed, without moving the picture, from which it counts as stuck: bad bytes can make a
 * decoder swallow all that follows without a word.
 */
const STUCK = { segments: 3, after: 4_000 }

function judgeHealth(drive: Drive): void {
  const { engine, recovery, options, moved } = drive
  const { video } = options
  const now = { appended: engine?.appended() ?? 0, at: performance.now() }
  const isStuck = now.appended - moved.appended >= STUCK.segments && now.at - moved.at >= STUCK.after
  if (isMoving(video)) recovery.healthy()
  else if (engine?.frozen() && drive.auto.wanted && !video.ended) recovery.fault('frozen')
  else if (isStuck && !video.paused && !video.ended) recovery.fault('stuck')
  else return
  drive.moved = now
}

function onTick(drive: Drive): void {
  const { video } = drive.options
  const { engine, recovery, follower } = drive
  if (drive.isOut && video.isConnected) {
    drive.isOut = false
    carryOn(drive)
  }
  if (!drive.started && video.readyState >= 2 && !video.seeking) {
    drive.started = true
    follower.judge()
  }
  judgeHealth(drive)
  if (drive.started) follower.tick(!recovery.trouble && !engine?.frozen())
  drive.update()
  drive.options.onFrame()
}

function listen(drive: Drive): void {
  const { video, signal } = drive.options
  const on = (target: EventTarget, type: string, listener: () => void) =>
    target.addEventListener(type, listener, { signal })
  for (const type of EVENTS) on(video, type, () => drive.update())
  on(video, 'pause', () => onPause(drive))
  on(video, 'loadeddata', () => carryOn(drive))
  on(video, 'canplay', () => carryOn(drive))
  on(video, 'seeking', () => drive.picture.forget())
  on(video, 'emptied', () => drive.picture.forget())
  on(video, 'timeupdate', () => isMoving(video) && step(drive, { type: 'running' }))
  on(video, 'volumechange', () => {
    if (video.muted !== drive.auto.muted) drive.auto = { ...drive.auto, muted: video.muted, soundChosen: true }
    drive.update()
  })
  on(document, 'visibilitychange', () => carryOn(drive))
  on(window, 'pageshow', () => carryOn(drive))
  // A browser pauses what leaves the document, and may say so when it is back already. Of what leaves a shadow root of the page only the pause tells.
  const watcher = new MutationObserver(() => noteOut(drive))
  watcher.observe(document, { childList: true, subtree: true })
  signal.addEventListener('abort', () => watcher.disconnect())
}

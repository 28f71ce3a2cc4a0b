import type { Playback, Player, PlayerOptions } from '../model/player.ts'
import { type Autoplay, type AutoplayEvent, initialAutoplay, stepAutoplay } from './autoplay.ts'
import { abilities, chooseEngines } from './choose-engine.ts'
import type { Engine, EngineHost, StartAt } from './engine.ts'
import { type FollowOptions, followLive, type LiveFollower } from './follow-live.ts'
import { hlsEngine, loadHls } from './hls-engine.ts'
import { nativeEngine } from './native-engine.ts'
import { createPictureTime, type PictureTime } from './picture-time.ts'
import { isMoving, phaseOf, publishNews } from './read-playback.ts'
import { createRecovery, type Recovery } from './recovery.ts'
import { type SidecarCaptions, sidecarCaptions } from './sidecar-captions.ts'
import { tickFrames } from './tick-frames.ts'

/** Everything that one playing video consists of. */
interface Drive {
  readonly options: PlayerOptions
  readonly captions: SidecarCaptions
  readonly picture: PictureTime
  readonly follower: LiveFollower
  readonly recovery: Recovery
  readonly publish: (playback: Playback) => void
  auto: Autoplay
  engine: Engine | undefined
  src: string
  started: boolean
  /** The viewer's own seek is under way. */
  sought: boolean
}

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

/** The player behind `createPlayer`: chooses an engine, loads the source and keeps it going until the signal aborts. */
export function driveVideo(options: PlayerOptions): Player {
  const drive = assemble(options)
  listen(drive)
  void startEngine(drive, startOf(options))
  return commands(drive)
}

function assemble(options: PlayerOptions): Drive {
  const { video, source, signal, serverNow, onPlayback } = options
  const engine = () => drive.engine
  const frames = tickFrames(video, () => onTick(drive), signal)
  const picture = createPictureTime({ video, source, frames, engine, serverNow })
  const follow: FollowOptions = { video, engine, dateAt: picture.dateAt, now: steadyNow }
  const drive: Drive = {
    options,
    picture,
    captions: sidecarCaptions(options, () => update(drive)),
    follower: followLive(follow),
    recovery: createRecovery({
      recoverMedia: () => drive.engine?.recoverMedia(),
      reload: (attempt, src) => reload(drive, attempt, src),
      freshSource: options.freshSource,
      onChange: () => update(drive),
      now: () => performance.now(),
      random: Math.random,
      signal,
    }),
    publish: publishNews(onPlayback, () => performance.now()),
    auto: initialAutoplay(options.muted),
    engine: undefined,
    src: source.src,
    started: false,
    sought: false,
  }
  return drive
}

function startOf({ start, source }: PlayerOptions): StartAt {
  return { position: start?.position, date: start?.date === undefined ? undefined : start.date - source.clockOffset }
}

/** Media without program dates starts at a date by the source's own. */
function placed({ options }: Drive, start: StartAt): StartAt {
  const { startDate } = options.source
  if (start.date === undefined || startDate === undefined) return start
  return { date: start.date, position: start.position ?? Math.max(0, (start.date - startDate) / 1000) }
}

async function startEngine(drive: Drive, start: StartAt): Promise<void> {
  const { signal } = drive.options
  try {
    const engine = await chooseEngine(drive)
    if (signal.aborted) return
    if (!engine) return drive.recovery.fault('unsupported')
    drive.engine = engine
    signal.addEventListener('abort', () => engine.destroy(), { once: true })
    engine.load(drive.src, placed(drive, start))
    if (drive.auto.wanted) act(drive, 'play')
    update(drive)
  } catch {
    drive.recovery.fault('engine')
  }
}

async function chooseEngine(drive: Drive): Promise<Engine | undefined> {
  const { video, source } = drive.options
  const host: EngineHost = {
    video,
    captions: source.captions,
    onFault: (fault) => drive.recovery.fault(fault),
    onChange: () => update(drive),
    onEdge: (date) => drive.follower.edge(date + source.clockOffset),
  }
  for (const name of chooseEngines(drive.src, abilities(video))) {
    if (name === 'native') return nativeEngine(host)
    const HlsJs = await loadHls(source.captions === 'stream')
    if (HlsJs.isSupported()) return hlsEngine(HlsJs, host)
  }
  return undefined
}

function reload(drive: Drive, attempt: number, src?: string): void {
  const { engine, options, recovery } = drive
  if (src) drive.src = src
  if (!engine) return void startEngine(drive, startOf(options))
  const canResume = !src && attempt <= 2 && recovery.trouble === 'network' && engine.live() !== undefined
  if (canResume) engine.resume()
  else loadAgain(drive, engine)
}

/** Loads the source anew at the moment that was on screen: by date, because a live stream's new timeline starts elsewhere. */
function loadAgain(drive: Drive, engine: Engine): void {
  const { options, picture, follower } = drive
  const { currentTime } = options.video
  const date = picture.dateAt(currentTime)
  const live = engine.live() ?? options.source.live
  const again = date !== null ? { date: date - options.source.clockOffset } : live ? {} : { position: currentTime }
  picture.forget()
  follower.restart()
  engine.load(drive.src, placed(drive, drive.started ? again : startOf(options)))
  if (drive.auto.wanted) act(drive, 'play')
}

function step(drive: Drive, event: AutoplayEvent): void {
  const { state, act: next } = stepAutoplay(drive.auto, event)
  const isNews = state !== drive.auto
  drive.auto = state
  if (next) act(drive, next)
  if (isNews) update(drive)
}

function act(drive: Drive, what: 'play' | 'pause'): void {
  const { video } = drive.options
  video.muted = drive.auto.muted
  if (what === 'pause') video.pause()
  if (what === 'pause' || !drive.engine) return
  Promise.resolve(video.play()).catch((error: unknown) => {
    if (!drive.options.signal.aborted) step(drive, { type: 'refused', name: error instanceof Error ? error.name : '' })
  })
}

/** Starts what should run and does not: after a new source, a hidden page or a restored one. */
function carryOn(drive: Drive): void {
  const { video } = drive.options
  if (drive.auto.wanted && !drive.auto.blocked && video.paused && !video.ended && !document.hidden) act(drive, 'play')
}

function onPause(drive: Drive): void {
  const { video } = drive.options
  const isOurs = !drive.auto.wanted || !video.paused || video.ended || video.readyState < 2 || document.hidden
  if (!isOurs) step(drive, { type: 'halted' })
  update(drive)
}

function onTick(drive: Drive): void {
  const { video } = drive.options
  const { engine, recovery, follower } = drive
  if (!drive.started && video.readyState >= 2 && !video.seeking) {
    drive.started = true
    follower.judge()
  }
  if (isMoving(video)) recovery.healthy()
  else if (engine?.frozen() && drive.auto.wanted && !video.ended) recovery.fault('frozen')
  follower.tick(!recovery.trouble && !engine?.frozen())
  update(drive)
  drive.options.onFrame()
}

function listen(drive: Drive): void {
  const { video, signal } = drive.options
  const on = (target: EventTarget, type: string, listener: () => void) =>
    target.addEventListener(type, listener, { signal })
  for (const type of EVENTS) on(video, type, () => update(drive))
  on(video, 'pause', () => onPause(drive))
  on(video, 'loadeddata', () => carryOn(drive))
  on(video, 'canplay', () => carryOn(drive))
  on(video, 'seeking', () => drive.picture.forget())
  on(video, 'emptied', () => drive.picture.forget())
  on(video, 'timeupdate', () => isMoving(video) && step(drive, { type: 'running' }))
  on(video, 'seeked', () => {
    if (drive.sought) drive.follower.judge()
    drive.sought = false
  })
  on(video, 'volumechange', () => {
    if (video.muted !== drive.auto.muted) drive.auto = { ...drive.auto, muted: video.muted, soundChosen: true }
    update(drive)
  })
  on(document, 'visibilitychange', () => carryOn(drive))
  on(window, 'pageshow', () => carryOn(drive))
}

function update(drive: Drive): void {
  const { options, engine, recovery, follower, auto, captions, started } = drive
  const { video, source, signal, serverNow } = options
  if (signal.aborted) return
  const live = engine?.live() ?? source.live
  const date = live ? drive.picture.read() : null
  const behind = date === null ? engine?.latency()?.behind : (serverNow() - date) / 1000
  const seekable = engine?.seekable() ?? [0, 0]
  const { blocked, wanted } = auto
  const facts = { wanted, blocked, started, hopeless: recovery.hopeless, troubled: recovery.trouble !== undefined }
  const phase = phaseOf(video, facts)
  const inStream = source.captions === 'stream' ? engine?.captions() : undefined
  drive.publish({
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
  })
}

function commands(drive: Drive): Player {
  const { video, source } = drive.options
  const { follower, picture, recovery } = drive
  const seek = (position: number) => {
    if (!Number.isFinite(position)) return
    const [start, end] = drive.engine?.seekable() ?? [0, 0]
    drive.sought = true
    video.currentTime = end > start ? Math.min(Math.max(position, start), end) : Math.max(0, position)
  }
  return {
    play() {
      if (video.ended && !(drive.engine?.live() ?? source.live)) video.currentTime = 0
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
      update(drive)
    },
    setRate(rate) {
      if (!(rate >= 0.25 && rate <= 4)) return
      follower.rate = rate
      video.playbackRate = rate
      update(drive)
    },
    setCaptions(on) {
      drive.captions.set(on)
      drive.engine?.setCaptions(on)
      update(drive)
    },
    retry: () => recovery.retry(),
    pictureTime: () => (drive.started ? picture.read() : null),
  }
}

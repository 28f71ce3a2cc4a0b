import type { PlayerOptions } from '../model/player.ts'
import { act } from './act.ts'
import { abilities, chooseEngines } from './choose-engine.ts'
import type { Drive } from './drive.ts'
import type { Engine, EngineHost, StartAt } from './engine.ts'
import { hlsEngine } from './hls-engine.ts'
import { loadHls } from './load-hls.ts'
import { loadNative } from './load-native.ts'

/** Where the page asked to begin, in the media's own date. */
export function startOf({ start, source }: PlayerOptions): StartAt {
  return { position: start?.position, date: start?.date === undefined ? undefined : start.date - source.clockOffset }
}

/** Media without program dates starts at a date by the source's own. */
function placed({ options }: Drive, start: StartAt): StartAt {
  const { startDate } = options.source
  if (start.date === undefined || startDate === undefined) return start
  return { date: start.date, position: start.position ?? Math.max(0, (start.date - startDate) / 1000) }
}

/** Chooses an engine and loads the source into it; what fails goes to recovery. */
export async function startEngine(drive: Drive, start: StartAt): Promise<void> {
  const { signal } = drive.options
  try {
    const engine = await chooseEngine(drive)
    if (signal.aborted) return
    if (!engine) return drive.recovery.fault('unsupported')
    drive.engine = engine
    signal.addEventListener('abort', () => end(drive, engine), { once: true })
    engine.load(drive.src, placed(drive, start))
    if (drive.auto.wanted) act(drive, 'play')
    drive.update()
  } catch {
    drive.recovery.fault('engine')
  }
}

function end({ options }: Drive, engine: Engine): void {
  options.video.pause()
  engine.destroy()
}

async function chooseEngine(drive: Drive): Promise<Engine | undefined> {
  const { video, source } = drive.options
  const host: EngineHost = {
    video,
    captions: source.captions,
    hasCues: source.hasCues,
    onFault: (fault) => drive.recovery.fault(fault),
    onChange: () => drive.update(),
    onEdge: (date) => drive.follower.edge(date + source.clockOffset),
  }
  for (const name of chooseEngines(drive.src, abilities(video))) {
    if (name === 'native') return (await loadNative()).nativeEngine(host)
    const isFull = source.captions === 'stream'
    const HlsJs = await loadHls(isFull)
    if (HlsJs.isSupported()) return hlsEngine(HlsJs, host, isFull ? undefined : () => loadHls(true))
  }
  return undefined
}

/** Tries again: goes on with the same engine where only the network failed, else loads anew. */
export function reload(drive: Drive, attempt: number, src?: string): void {
  const { engine, options, recovery } = drive
  if (src) drive.src = src
  if (!engine) return void startEngine(drive, startOf(options))
  const canResume = !src && attempt <= 2 && recovery.trouble === 'network' && engine.live() !== undefined
  if (canResume) engine.resume()
  else loadAgain(drive, engine, recovery.trouble === 'decode' ? attempt * engine.segment() : 0)
}

/**
 * Loads the source anew at the moment that was on screen, or `skip` seconds later: by date, because a live stream's new timeline
 * starts elsewhere.
 */
function loadAgain(drive: Drive, engine: Engine, skip: number): void {
  const { options, picture, follower } = drive
  const currentTime = options.video.currentTime + skip
  const date = picture.dateAt(currentTime)
  const live = engine.live() ?? options.source.live
  const again = date !== null ? { date: date - options.source.clockOffset } : live ? {} : { position: currentTime }
  picture.forget()
  follower.restart()
  drive.moved = { appended: engine.appended(), at: performance.now() }
  engine.load(drive.src, placed(drive, drive.started ? again : startOf(options)))
  if (drive.auto.wanted) act(drive, 'play')
}

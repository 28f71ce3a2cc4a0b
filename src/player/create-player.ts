import type { Playback, Player, PlayerOptions } from '../model/player.ts'
import { abilities, chooseEngines, isMediaFile } from './choose-engine.ts'
import { loadHls } from './load-hls.ts'

/** Milliseconds before the player's own code is asked for a second time. */
const SECOND_TRY = 2_000

/** Bits a second that hls.js takes a line for before it has measured: seven tenths of the estimate in `hlsConfig`. */
const CARRIED = 700_000

/**
 * A player for one video element: loads the source at once, begins with `play()`, ends with the signal, which leaves the element without a
 * source. The code that plays (and hls.js, where it is needed) comes by `import()`; commands given before are kept.
 * Where it cannot be had, the phase is `away` with the trouble `engine`, until `retry()` or the browser comes online.
 */
export function createPlayer(options: PlayerOptions): Player {
  const { video, source, muted, signal } = options
  let player: Player | undefined
  let waiting: ((player: Player) => void)[] = []
  const ask = (command: (player: Player) => void) => {
    if (signal.aborted) return
    if (player) command(player)
    else waiting.push(command)
  }
  const load = async (tries = 2): Promise<void> => {
    try {
      const { driveVideo } = await import('./drive-video.ts')
      if (signal.aborted || player) return
      player = driveVideo(options)
      for (const command of waiting) command(player)
      waiting = []
    } catch {
      if (tries > 1) setTimeout(load, SECOND_TRY, tries - 1)
      else if (!signal.aborted) options.onPlayback(beginning(options, 'away'))
    }
  }

  prepare(video, source.poster, muted)
  options.onPlayback(beginning(options, 'loading'))
  addEventListener('online', () => player ?? load(1), { signal })
  loadFor(source, video)
  void load()
  return {
    play: () => ask((it) => it.play()),
    pause: () => ask((it) => it.pause()),
    seek: (position) => ask((it) => it.seek(position)),
    seekToDate: (date) => ask((it) => it.seekToDate(date)),
    goLive: () => ask((it) => it.goLive()),
    setMuted: (next) => ask((it) => it.setMuted(next)),
    setRate: (rate) => ask((it) => it.setRate(rate)),
    setCaptions: (on) => ask((it) => it.setCaptions(on)),
    retry: () => (player ? ask((it) => it.retry()) : void load(1)),
    pictureTime: () => player?.pictureTime() ?? null,
  }
}

/**
 * Fetches, on a sign of intent, the code that plays and, for a source that it is for, hls.js and the playlists. Asks for no media and
 * swallows every failure.
 */
export function preloadEngine(source?: Pick<PlayerOptions['source'], 'src' | 'captions'>): void {
  import('./drive-video.ts').catch(() => {})
  if (!source) return
  loadFor(source, document.createElement('video'))
  if (!isMediaFile(source.src)) warmPlaylists(source.src).catch(() => {})
}

/**
 * Opens the line to where the video is, and leaves in the browser's cache what may be kept there: the playlist, and of those that it names
 * the one that hls.js is likely to begin with, the best that its first estimate carries.
 */
async function warmPlaylists(src: string): Promise<void> {
  const response = await fetch(src)
  const variants = [...(await response.text()).matchAll(/BANDWIDTH=(\d+).*\s([^#\s].*)/g)]
  const rateOf = ([, rate]: RegExpExecArray) => Number(rate)
  variants.sort((a, b) => rateOf(a) - rateOf(b))
  const [, , first] = variants.findLast((variant) => rateOf(variant) < CARRIED) ?? variants[0] ?? []
  if (first) await fetch(new URL(first, response.url))
}

/** hls.js at once, beside the code that asks for it later. */
function loadFor({ src, captions }: Pick<PlayerOptions['source'], 'src' | 'captions'>, video: HTMLVideoElement): void {
  if (chooseEngines(src, abilities(video))[0] === 'hls') loadHls(captions === 'stream').catch(() => {})
}

/** Autoplay policies look at attributes as well as properties, and before there is a source. */
function prepare(video: HTMLVideoElement, poster: string | undefined, muted: boolean): void {
  video.muted = video.defaultMuted = muted
  video.playsInline = true
  video.setAttribute('webkit-playsinline', '')
  video.preload = 'auto'
  if (poster) video.poster = poster
}

function beginning({ source, muted }: PlayerOptions, phase: 'loading' | 'away'): Playback {
  return {
    phase,
    trouble: phase === 'away' ? 'engine' : undefined,
    muted,
    soundChosen: false,
    live: source.live,
    position: 0,
    duration: 0,
    seekable: [0, 0],
    atLiveEdge: false,
    rate: 1,
    started: false,
    captions: 'none',
  }
}

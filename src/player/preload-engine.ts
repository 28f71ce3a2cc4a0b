import type { PlayerSource } from '../model/player.ts'
import { abilities, chooseEngines, isMediaFile } from './choose-engine.ts'
import { loadHls } from './load-hls.ts'
import { loadNative } from './load-native.ts'

/** Bits a second that hls.js takes a line for before it has measured: seven tenths of the estimate in `hlsConfig`. */
const CARRIED = 700_000

/** What says which engine plays a source. */
type Asked = Pick<PlayerSource, 'src' | 'captions'>

/** Fetches hls.js for a source that it is for; swallows every failure. */
export function loadEngine({ src, captions }: Asked): void {
  const [engine] = chooseEngines(src, abilities(document.createElement('video')))
  const loading = engine === 'hls' ? loadHls(captions === 'stream') : loadNative()
  loading.catch(() => {})
}

/** Fetches, on a sign of intent, the engine and the playlists. Asks for no media and swallows every failure. */
export function preloadEngine(source: Asked): void {
  loadEngine(source)
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

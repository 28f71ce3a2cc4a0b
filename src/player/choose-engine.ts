/** Which way the media plays: hls.js, the browser itself, or not at all. */
export type EngineName = 'hls' | 'native'

/** MIME type of an HLS playlist (RFC 8216 §10). */
const HLS = 'application/vnd.apple.mpegurl'

/** What a browser says of itself. */
export interface Abilities {
  /** `MediaSource` or `ManagedMediaSource` exists. */
  readonly mediaSource: boolean
  canPlayType(type: string): string
}

/** True where an address names a single media file rather than a playlist. */
export function isMediaFile(src: string): boolean {
  return /\.(mp4|m4v|mov|webm|ogv)$/i.test(src.split(/[?#]/, 1)[0] ?? '')
}

/**
 * The engines to try, best first. hls.js goes before the browser's own HLS wherever it may run, because Chromium answers "maybe" and
 * then plays HLS badly (https://github.com/video-dev/hls.js/issues/7827); whether it really may is for `Hls.isSupported()` to say.
 */
export function chooseEngines(src: string, can: Abilities): EngineName[] {
  if (isMediaFile(src)) return ['native']
  const engines: EngineName[] = can.mediaSource ? ['hls'] : []
  if (can.canPlayType(HLS)) engines.push('native')
  return engines
}

/** What this page's browser says of itself. */
export function abilities(video: HTMLVideoElement): Abilities {
  return {
    mediaSource: 'MediaSource' in self || 'ManagedMediaSource' in self,
    canPlayType: (type) => video.canPlayType(type),
  }
}

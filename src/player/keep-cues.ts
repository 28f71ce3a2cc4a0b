/** A track element that is not loading any more (https://html.spec.whatwg.org/multipage/media.html#dom-track-readystate). */
const LOADED = 2

/**
 * Puts back, once a metadata track has loaded, the cues that are in it now. Chromium empties a track element when its (empty) resource has
 * come, and hls.js 1.7 adds its first cues before that; a recording's DATERANGEs would never be seen. To be called right after hls.js added some.
 */
export function keepCues(video: HTMLVideoElement): void {
  for (const element of video.querySelectorAll('track')) {
    const { track, kind, readyState } = element
    if (kind !== 'metadata' || readyState >= LOADED) continue
    const cues = [...(track.cues ?? [])]
    const restore = () => {
      for (const cue of cues) if (!cue.track) track.addCue(cue)
    }
    for (const type of ['load', 'error']) element.addEventListener(type, restore, { once: true })
  }
}

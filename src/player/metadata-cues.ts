import type { MetadataCues } from '../model/adapter.ts'

/** A cue with a value of any kind, as Safari makes them and hls.js does (https://html.spec.whatwg.org/multipage/media.html#guidelines-for-exposing-cues-in-various-formats-as-text-track-cues). */
interface DataCue {
  readonly value?: unknown
  readonly text?: unknown
}

/**
 * The cues of a video's metadata tracks: ID3 frames and EXT-X-DATERANGE attributes, which hls.js puts there just as Safari does itself. Read by
 * position and not by what is active, so that short cues and those that a seek jumped over are told too.
 */
export function metadataCues(video: HTMLVideoElement): MetadataCues {
  return {
    subscribe(onCue) {
      const over = new AbortController()
      const { signal } = over
      const tracks = new WeakSet<TextTrack>()
      const told = new WeakSet<TextTrackCue>()
      const look = () => {
        for (const track of video.textTracks) {
          if (track.kind !== 'metadata') continue
          // A disabled track has no cues.
          if (track.mode === 'disabled') track.mode = 'hidden'
          if (!tracks.has(track)) track.addEventListener('cuechange', look, { signal })
          tracks.add(track)
          for (const cue of track.cues ?? []) {
            if (cue.startTime > video.currentTime) break
            if (told.has(cue)) continue
            told.add(cue)
            const { value, text } = cue as DataCue
            onCue({ data: value ?? text, start: cue.startTime })
          }
        }
      }
      video.textTracks.addEventListener('addtrack', look, { signal })
      for (const type of ['timeupdate', 'seeked', 'loadeddata']) video.addEventListener(type, look, { signal })
      look()
      return () => over.abort()
    },
  }
}

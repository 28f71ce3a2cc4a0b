import { useEffect } from 'preact/hooks'
import { useWidget } from '../context.ts'
import type { Layout } from '../shell/watch-layout.ts'
import { useStore } from '../use-store.ts'

/** Per cent of the picture's height at which captions begin: above the chat and the card, below the face. */
const LINE = { tall: 48, wide: 80, desk: 72 } as const

/** Lifts captions that have no place of their own over what lies on the picture. */
export function useRaisedCaptions(layout: Layout): void {
  const { state, video } = useWidget()
  const isOn = useStore(state.$playback).captions === 'on'
  useEffect(() => {
    const tracks = video.textTracks
    if (!isOn || !tracks) return
    const ended = new AbortController()
    const { signal } = ended
    const lift = (track: TextTrack) => {
      for (const cue of track.activeCues ?? []) {
        if (!('line' in cue) || !('snapToLines' in cue) || (cue.line !== 'auto' && cue.snapToLines)) continue
        cue.snapToLines = false
        cue.line = LINE[layout]
      }
    }
    const follow = (track: TextTrack | null) => {
      if (!track) return
      lift(track)
      track.addEventListener('cuechange', () => lift(track), { signal })
    }
    for (const track of tracks) follow(track)
    tracks.addEventListener('addtrack', ({ track }) => follow(track), { signal })
    return () => ended.abort()
  }, [isOn, layout])
}

import { describe, expect, it } from 'vitest'
import { metadataCues } from '../../src/player/metadata-cues.ts'

interface FakeCue {
  readonly startTime: number
  readonly endTime: number
  readonly type: string
  readonly value: { readonly key: string; readonly info?: string; readonly data: unknown }
}

/**
 * A fake of what Safari makes of a stream's metadata, written from WebKit's `WebKitDataCue`: a disabled track of kind `metadata`, whose cues are there once
 * it is not disabled, sorted, each with one ID3 frame or one attribute of a DATERANGE.
 */
function createFakeSafari() {
  const cues: FakeCue[] = []
  class FakeTrack extends EventTarget {
    kind = 'metadata'
    mode = 'disabled'
    get cues() {
      return this.mode === 'disabled' ? null : cues
    }
  }
  const track = new FakeTrack()
  const captions = Object.assign(new EventTarget(), {
    kind: 'captions',
    mode: 'showing',
    cues: [{ startTime: 0, endTime: 9, text: 'Hello' }],
  })
  const tracks: EventTarget[] = [captions]
  const textTracks = Object.assign(new EventTarget(), { [Symbol.iterator]: () => tracks.values() })
  const video = Object.assign(new EventTarget(), { currentTime: 0, textTracks })
  return {
    video: video as object as HTMLVideoElement,
    captions,
    mode: () => track.mode,
    addTrack() {
      tracks.push(track)
      textTracks.dispatchEvent(new Event('addtrack'))
    },
    put(startTime: number, value: FakeCue['value'], type = 'org.id3') {
      cues.push({ startTime, endTime: Number.POSITIVE_INFINITY, type, value })
      cues.sort((a, b) => a.startTime - b.startTime)
    },
    playTo(seconds: number, event = 'timeupdate') {
      video.currentTime = seconds
      video.dispatchEvent(new Event(event))
    },
    change: () => track.dispatchEvent(new Event('cuechange')),
  }
}

describe('metadataCues', () => {
  function listen() {
    const safari = createFakeSafari()
    const told: { data: unknown; start: number }[] = []
    const stop = metadataCues(safari.video).subscribe((cue) => told.push(cue))
    return { safari, told, stop }
  }
  const text = { key: 'TXXX', info: '', data: '{"v":1}' }
  const attribute = { key: 'X-CASTCART', data: '%7B%22v%22%3A1%7D' }

  it('wakes a track that Safari made, which comes after the listener did', () => {
    const { safari, told } = listen()
    safari.put(0, text)
    expect(told).toEqual([])
    safari.addTrack()
    expect(safari.mode()).toBe('hidden')
    expect(told).toEqual([{ data: text, start: 0 }])
  })

  it('tells an ID3 frame and an attribute of a DATERANGE when the picture is there, once', () => {
    const { safari, told } = listen()
    safari.addTrack()
    safari.put(3, text)
    safari.put(9, attribute, 'com.apple.quicktime.HLS')
    safari.playTo(2.9)
    expect(told).toEqual([])
    safari.playTo(3.1)
    safari.change()
    expect(told).toEqual([{ data: text, start: 3 }])
    safari.playTo(9)
    safari.playTo(1, 'seeked')
    safari.playTo(9)
    expect(told).toEqual([
      { data: text, start: 3 },
      { data: attribute, start: 9 },
    ])
  })

  it('tells what a seek jumped over, and cues that come late', () => {
    const { safari, told } = listen()
    safari.addTrack()
    safari.put(3, text)
    safari.playTo(12, 'seeked')
    expect(told).toEqual([{ data: text, start: 3 }])
    safari.put(2, attribute)
    safari.playTo(12.2)
    expect(told.at(-1)).toEqual({ data: attribute, start: 2 })
  })

  it('leaves captions alone', () => {
    const { safari, told } = listen()
    safari.playTo(5)
    expect(told).toEqual([])
    expect(safari.captions.mode).toBe('showing')
  })

  it('tells nothing once it was stopped', () => {
    const { safari, told, stop } = listen()
    safari.addTrack()
    safari.put(3, text)
    stop()
    safari.playTo(5)
    safari.change()
    expect(told).toEqual([])
  })
})

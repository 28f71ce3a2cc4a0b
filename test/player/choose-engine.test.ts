import { afterEach, describe, expect, it, vi } from 'vitest'
import { abilities, chooseEngines, isMediaFile } from '../../src/player/choose-engine.ts'

const can = (mediaSource: boolean, native: string) => ({ mediaSource, canPlayType: () => native })

describe('isMediaFile', () => {
  it('looks at the path alone', () => {
    expect(isMediaFile('https://a.example/x.MP4?token=1#t=3')).toBe(true)
    expect(isMediaFile('https://a.example/x.m3u8?file=x.mp4')).toBe(false)
    expect(isMediaFile('https://a.example/live')).toBe(false)
  })
})

describe('chooseEngines', () => {
  it('prefers hls.js where the browser says that it may play HLS itself', () => {
    expect(chooseEngines('a.m3u8', can(true, 'maybe'))).toEqual(['hls', 'native'])
  })

  it('is native alone without Media Source Extensions', () => {
    expect(chooseEngines('a.m3u8', can(false, 'maybe'))).toEqual(['native'])
  })

  it('is native alone for a media file', () => {
    expect(chooseEngines('a.mp4', can(true, 'maybe'))).toEqual(['native'])
  })

  it('is nothing where neither can', () => {
    expect(chooseEngines('a.m3u8', can(false, ''))).toEqual([])
  })
})

describe('abilities', () => {
  afterEach(() => void vi.unstubAllGlobals())
  const video = { canPlayType: (type: string) => (type.endsWith('mpegurl') ? 'maybe' : '') } as HTMLVideoElement

  it.each([
    [[], false],
    [['MediaSource'], true],
    // An iPhone has this one alone.
    [['ManagedMediaSource'], true],
  ] as const)('with %j', (has, mediaSource) => {
    vi.stubGlobal('self', Object.fromEntries(has.map((name) => [name, class {}])))
    expect(abilities(video).mediaSource).toBe(mediaSource)
  })

  it('asks the video what it can play', () => {
    vi.stubGlobal('self', {})
    expect(abilities(video).canPlayType('application/vnd.apple.mpegurl')).toBe('maybe')
    expect(abilities(video).canPlayType('video/mp4')).toBe('')
  })
})

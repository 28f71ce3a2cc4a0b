import { describe, expect, it } from 'vitest'
import { chooseEngines, isMediaFile } from '../../src/player/choose-engine.ts'

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

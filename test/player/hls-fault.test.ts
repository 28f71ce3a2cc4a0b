import { describe, expect, it } from 'vitest'
import { type HlsTrouble, hlsFault } from '../../src/player/hls-fault.ts'

const error = (more: Partial<HlsTrouble>): HlsTrouble => ({
  fatal: true,
  type: 'networkError',
  details: 'fragLoadError',
  ...more,
})

describe('hlsFault', () => {
  it('leaves to hls.js whatever is not fatal', () => {
    expect(hlsFault(error({ fatal: false, response: { code: 503 } }))).toBeNull()
    expect(hlsFault(error({ fatal: false, type: 'mediaError', details: 'bufferStalledError' }))).toBeNull()
  })

  it.each([401, 403, 410])('tells an expired address at once (%i)', (code) => {
    expect(hlsFault(error({ fatal: false, response: { code } }))).toBe('expired')
  })

  it('tells a stream that is not there from one that broke', () => {
    expect(hlsFault(error({ details: 'manifestLoadError', response: { code: 404 } }))).toBe('not-found')
    expect(hlsFault(error({ details: 'manifestLoadError', response: { code: 500 } }))).toBe('lost')
    expect(hlsFault(error({ details: 'fragLoadError', response: { code: 404 } }))).toBe('lost')
    expect(hlsFault(error({ details: 'manifestParsingError' }))).toBe('lost')
  })

  it('tells media faults from hopeless ones', () => {
    expect(hlsFault(error({ type: 'mediaError', details: 'bufferAppendError' }))).toBe('decode')
    expect(hlsFault(error({ type: 'muxError', details: 'remuxAllocError' }))).toBe('decode')
    expect(hlsFault(error({ type: 'mediaError', details: 'manifestIncompatibleCodecsError' }))).toBe('unsupported')
    expect(hlsFault(error({ type: 'otherError', details: 'internalException' }))).toBe('engine')
  })
})

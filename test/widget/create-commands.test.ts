// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import type { ShowStatus } from '../../src/model/show.ts'
import { createState, NO_PLAYBACK } from '../../src/state/create-state.ts'
import { createCommands } from '../../src/widget/create-commands.ts'

/** What a second try does, by where the show and its picture stand. */
function retry(status: ShowStatus, phase: 'away' | 'failed' | 'playing') {
  const calls: string[] = []
  const stores = createState()
  stores.$status.set(status)
  stores.$playback.set({ ...NO_PLAYBACK, phase })
  const player = { retry: () => calls.push('picture') }
  createCommands({
    stores,
    session: { restart: () => calls.push('show'), now: () => ({ run: { player: () => player } }) } as never,
    announcer: { on: () => () => {}, tell: () => {}, ask: () => false },
    options: { show: '/show.json' },
    locale: 'en',
  }).retry()
  return calls
}

describe('createCommands', () => {
  it('asks for the picture again while the show goes on without it', () => {
    expect(retry('live', 'away')).toEqual(['picture'])
    expect(retry('live', 'failed')).toEqual(['picture'])
  })

  it('reads the show again where its picture is there, and where the show has ended, with or without its stream', () => {
    expect(retry('live', 'playing')).toEqual(['show'])
    expect(retry('ended', 'away')).toEqual(['show'])
    expect(retry('ended', 'failed')).toEqual(['show'])
  })
})

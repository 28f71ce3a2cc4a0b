// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import type { ShowStatus } from '../../src/model/show.ts'
import { createState, NO_PLAYBACK } from '../../src/state/create-state.ts'
import type { CommandOptions } from '../../src/widget/acts.ts'
import { close, createCommands } from '../../src/widget/create-commands.ts'

beforeEach(() => sessionStorage.clear())

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

/** A player that the page opened by itself, over a session that only knows whether the viewer acted. */
function opened() {
  const stores = createState()
  let actedAt = 0
  const session = {
    act() {
      actedAt = 1
    },
    actedAt: () => actedAt,
    now: () => null,
    moment: () => ({}),
  }
  const announcer = { on: () => () => {}, tell() {}, ask: () => false }
  const options = { show: '/a.json', open: 'load' as const }
  const given = { stores, session, announcer, options, locale: 'en' } as unknown as CommandOptions
  stores.$view.set('full')
  return { given, stores, commands: createCommands(given) }
}

describe('close', () => {
  it('keeps nothing where the page closes what nobody touched', () => {
    const { given, stores } = opened()
    close(given)
    expect(stores.$view.get()).toBe('closed')
    expect(sessionStorage.length).toBe(0)
  })

  it('keeps that the viewer closed it, so that it does not open by itself again', () => {
    const { commands } = opened()
    commands.close()
    expect(sessionStorage.getItem('castcart')).toBe('{"closed":"/a.json"}')
  })

  it('keeps it too where the page closes what the viewer has used', () => {
    const { given, commands } = opened()
    commands.minimise()
    close(given)
    expect(sessionStorage.getItem('castcart')).toBe('{"closed":"/a.json"}')
  })
})

describe('setMuted', () => {
  it('is kept for the player where there is none yet', () => {
    const { stores, commands } = opened()
    commands.setMuted(false)
    expect(stores.$playback.get()).toMatchObject({ muted: false, phase: 'idle' })
  })
})

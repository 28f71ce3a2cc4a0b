// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { MuteButton } from '../../../src/ui/stage/mute-button.tsx'
import { Standing } from '../../../src/ui/stage/standing.tsx'
import { draw } from '../../support/draw.tsx'
import { roomOf } from '../../support/talk-scenes.ts'
import { playing } from '../../support/ui-harness.tsx'

const watched = (count: number) => roomOf(['audience.count', { count }])

describe('Standing', () => {
  it('tells how many watch a live show, and leaves out a count of nobody', async () => {
    const drawn = await draw(<Standing />, { values: { $room: watched(1284), $status: 'live' } })
    expect(drawn.find('.standing').textContent).toContain('1,284')
    await drawn.act(() => drawn.stores.$room.set(watched(0)))
    expect(drawn.find('.standing').textContent).not.toContain('0')
    expect(drawn.find('.pill').textContent).toBe('LIVE')
  })

  it('counts nobody in a replay', async () => {
    const drawn = await draw(<Standing />, { values: { $room: watched(1284), $status: 'replay' } })
    expect(drawn.find('.standing').textContent).toBe('Replay')
  })
})

describe('MuteButton', () => {
  it('is there once there is a player to take it, and not before', async () => {
    const $playback = { ...playing, phase: 'idle' as const, started: false }
    const drawn = await draw(<MuteButton />, { values: { $playback } })
    expect(drawn.root.querySelector('button')).toBeNull()
    await drawn.act(() => drawn.stores.$playback.set({ ...playing, phase: 'loading', started: false }))
    await drawn.click(drawn.button('Unmute'))
    expect(drawn.calls).toEqual([{ name: 'setMuted', args: [false] }])
  })
})

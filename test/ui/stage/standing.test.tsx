// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { Standing } from '../../../src/ui/stage/standing.tsx'
import { draw } from '../../support/draw.tsx'
import { roomOf } from '../../support/talk-scenes.ts'

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

// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest'
import { Room } from '../../../src/ui/room/room.tsx'
import { draw } from '../../support/draw.tsx'
import { joinScenes } from '../../support/join-scenes.ts'

/** The room on a phone in a scene, when what goes on now is drawn. */
async function room(scene: string) {
  const drawn = await draw(<Room layout="tall" />, { values: { ...joinScenes[scene], $sheet: null } })
  await vi.waitFor(() => drawn.act(() => drawn.find('.now')))
  return drawn
}

describe('Room', () => {
  it('gives a notice the place of what goes on, which is not said again after it, and counts a first tap from its first sight', async () => {
    const drawn = await room('raffle-tap')
    const said = () => drawn.spoken.filter((words) => words.startsWith('Giveaway')).length
    await vi.waitFor(() => expect(said()).toBe(1))
    expect(drawn.stores.$mine.get().seen).toEqual({ r1: expect.any(Number) })
    await drawn.act(() => drawn.model.commands.keep({ seen: { r1: 1 } }))
    await drawn.act(() => drawn.stores.$notice.set({ kind: 'added', productId: 'mug', quantity: 1 }))
    expect(drawn.root.querySelector('.now')).toBeNull()
    await drawn.act(() => drawn.stores.$notice.set(null))
    expect(drawn.find('.now').textContent).toContain('mug')
    expect(said()).toBe(1)
    expect(drawn.stores.$mine.get().seen).toEqual({ r1: 1 })
  })
})

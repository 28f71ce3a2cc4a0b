// @vitest-environment happy-dom
import { options } from 'preact'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { BagButtons } from '../../../src/ui/live/bag-buttons.tsx'
import { Room } from '../../../src/ui/room/room.tsx'
// What the room loads later is there before a wait begins.
import '../../../src/ui/live/notice.tsx'
import '../../../src/ui/live/now/index.tsx'
import '../../../src/ui/sheets/index.tsx'
import { draw } from '../../support/draw.tsx'
import { joinScenes } from '../../support/join-scenes.ts'

/** The room on a phone in a scene, when what goes on now is drawn. */
async function room(scene: string) {
  const drawn = await draw(<Room layout="tall" />, { values: { ...joinScenes[scene], $sheet: null } })
  await vi.waitFor(() => drawn.act(() => drawn.find('.now')))
  return drawn
}

const { vnode } = options
afterEach(() => {
  if (vnode) options.vnode = vnode
})

describe('Room', () => {
  it('is not drawn anew by a message, nor by a sheet that opens and closes', async () => {
    const drawn = await room('raffle-tap')
    let count = 0
    options.vnode = (node) => {
      vnode?.(node)
      if (node.type === BagButtons) count++
    }
    const author = { id: 'a', name: 'Ana', role: 'viewer' } as const
    const line = (id: string) => ({
      key: id,
      id,
      at: 1,
      author,
      text: `hello ${id}`,
      replyTo: undefined,
      own: undefined,
    })
    await drawn.act(() => drawn.stores.$chat.set([line('1')]))
    count = 0
    await drawn.act(() => drawn.stores.$chat.set([line('1'), line('2')]))
    await drawn.act(() => drawn.stores.$sheet.set({ name: 'products' }))
    await vi.waitFor(() => drawn.act(() => drawn.find('.sheet')))
    expect(drawn.find('.through').inert).toBe(true)
    await drawn.act(() => drawn.stores.$sheet.set(null))
    expect(drawn.find('.through').inert).toBe(false)
    expect(count).toBe(0)
    await drawn.act(() => drawn.stores.$notice.set({ kind: 'failed' }))
    expect(count).toBe(1)
  })

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

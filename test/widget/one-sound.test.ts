// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { createState, NO_PLAYBACK } from '../../src/state/create-state.ts'
import { oneSound } from '../../src/widget/one-sound.ts'

const ends: AbortController[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end.abort()
})

/** A widget that only plays; what silences it is its own player. */
function widget() {
  const stores = createState()
  const end = new AbortController()
  ends.push(end)
  const play = (muted: boolean) => stores.$playback.set({ ...NO_PLAYBACK, phase: 'playing', muted })
  oneSound({ stores, host: document.createElement('div'), silence: () => play(true), signal: end.signal })
  return { stores, play, end, isMuted: () => stores.$playback.get().muted }
}

describe('oneSound', () => {
  it('lets the show be heard that got sound last, alone', () => {
    const [first, second] = [widget(), widget()]
    first.play(false)
    expect(first.isMuted()).toBe(false)
    second.play(false)
    expect([first.isMuted(), second.isMuted()]).toEqual([true, false])
    first.play(false)
    expect([first.isMuted(), second.isMuted()]).toEqual([false, true])
  })

  it('silences a small show when another comes to full view', () => {
    const [first, second] = [widget(), widget()]
    first.play(false)
    second.stores.$view.set('full')
    expect(first.isMuted()).toBe(true)
  })

  it('hears and says nothing after its show', () => {
    const [first, second] = [widget(), widget()]
    first.play(false)
    first.end.abort()
    second.play(false)
    expect(first.isMuted()).toBe(false)
    first.stores.$view.set('full')
    expect(second.isMuted()).toBe(false)
  })
})

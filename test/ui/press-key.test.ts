// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { pressKey } from '../../src/ui/press-key.ts'
import { fakeModel, playing } from '../support/ui-harness.tsx'

afterEach(() => document.body.replaceChildren())

/** Presses a key on an element inside a player and returns the names of the commands that were called. */
function press(init: KeyboardEventInit, html = '<div tabindex="-1"></div>', values = {}) {
  const { model, calls } = fakeModel({ values })
  const player = document.createElement('div')
  player.innerHTML = html
  document.body.append(player)
  player.addEventListener('keydown', (event) => pressKey(event, model))
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init })
  player.firstElementChild?.dispatchEvent(event)
  return { calls: calls.map(({ name, args }) => [name, ...args]), isTaken: event.defaultPrevented }
}

describe('pressKey', () => {
  it('plays and pauses with Space and K', () => {
    expect(press({ key: ' ' })).toEqual({ calls: [['pause']], isTaken: true })
    expect(press({ key: 'k' }, undefined, { $playback: { ...playing, phase: 'paused' } }).calls).toEqual([['play']])
  })

  it('mutes with M and shows captions with C', () => {
    expect(press({ key: 'm' }).calls).toEqual([['setMuted', false]])
    expect(press({ key: 'c' }).calls).toEqual([['setCaptions', true]])
  })

  it('leaves captions alone where there are none', () => {
    expect(press({ key: 'c' }, undefined, { $playback: { ...playing, captions: 'none' } }).calls).toEqual([])
  })

  it('knows a key by its place where the layout is not Latin', () => {
    expect(press({ key: 'ь', code: 'KeyM' }).calls).toEqual([['setMuted', false]])
  })

  it('skips in a recording, never beyond its ends', () => {
    const recording = { $playback: { ...playing, live: false, position: 5, seekable: [0, 60] } }
    expect(press({ key: 'ArrowLeft' }, undefined, recording).calls).toEqual([['seek', 0]])
    expect(press({ key: 'ArrowRight' }, undefined, recording).calls).toEqual([['seek', 15]])
  })

  it('does not skip in a live show, where End goes live', () => {
    expect(press({ key: 'ArrowLeft' }).calls).toEqual([])
    expect(press({ key: 'End' }).calls).toEqual([['goLive']])
  })

  it.each(['<input>', '<textarea></textarea>', '<select></select>'])('is silent in %s', (html) => {
    expect(press({ key: 'm' }, html)).toEqual({ calls: [], isTaken: false })
    expect(press({ key: ' ' }, html)).toEqual({ calls: [], isTaken: false })
  })

  it('leaves Space to a button, and keys with Ctrl, Alt or Meta to the browser', () => {
    expect(press({ key: ' ' }, '<button></button>').calls).toEqual([])
    expect(press({ key: 'm', ctrlKey: true }).calls).toEqual([])
    expect(press({ key: 'k', altKey: true }).calls).toEqual([])
    expect(press({ key: 'c', metaKey: true }).calls).toEqual([])
  })
})

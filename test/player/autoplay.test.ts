import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AutoplayEvent, initialAutoplay, stepAutoplay } from '../../src/player/autoplay.ts'

const run = (muted: boolean, events: readonly AutoplayEvent[]) =>
  events.reduce(
    (last, event) => stepAutoplay(last.state, event),
    stepAutoplay(initialAutoplay(muted), { type: 'play' }),
  )

const refused: AutoplayEvent = { type: 'refused', name: 'NotAllowedError' }

describe('stepAutoplay', () => {
  it('plays when asked', () => {
    expect(run(true, [])).toMatchObject({ act: 'play', state: { wanted: true, muted: true, blocked: false } })
  })

  it('falls back to muted when sound is refused', () => {
    expect(run(false, [refused])).toMatchObject({ act: 'play', state: { muted: true, blocked: false } })
  })

  it('asks for a tap when even silence is refused', () => {
    const { act, state } = run(false, [refused, refused])
    expect(act).toBeUndefined()
    expect(state).toMatchObject({ muted: true, blocked: true, wanted: true })
  })

  it('plays again on a tap', () => {
    expect(run(true, [refused, { type: 'play' }])).toMatchObject({ act: 'play', state: { blocked: false } })
  })

  it('ignores an interrupted play', () => {
    const before = run(true, []).state
    expect(stepAutoplay(before, { type: 'refused', name: 'AbortError' })).toEqual({ state: before })
  })

  it('ignores a refusal after the viewer paused', () => {
    expect(run(true, [{ type: 'pause' }, refused]).state).toMatchObject({ blocked: false, wanted: false })
  })

  it('goes on muted when unmuting is refused, and asks for sound again later', () => {
    const { act, state } = run(true, [{ type: 'running' }, { type: 'sound', muted: false }, refused])
    expect(act).toBe('play')
    expect(state).toMatchObject({ muted: true, soundChosen: false, wanted: true, blocked: false })
  })

  it('goes on muted when the browser answers unmuting with a pause', () => {
    expect(run(true, [{ type: 'sound', muted: false }, { type: 'halted' }])).toMatchObject({
      act: 'play',
      state: { muted: true, wanted: true },
    })
  })

  it('accepts a pause from outside once sound was heard', () => {
    const { state } = run(true, [{ type: 'sound', muted: false }, { type: 'running' }, { type: 'halted' }])
    expect(state).toMatchObject({ wanted: false, muted: false, soundChosen: true })
  })

  it('does not start a paused picture by unmuting it', () => {
    expect(run(true, [{ type: 'pause' }, { type: 'sound', muted: false }]).act).toBeUndefined()
  })

  it('never pauses what was wanted, whatever the browser does, and reaches a stable state after two refusals', () => {
    const event = fc.constantFrom<AutoplayEvent>(
      { type: 'running' },
      { type: 'sound', muted: false },
      { type: 'sound', muted: true },
      refused,
      { type: 'refused', name: 'AbortError' },
    )
    fc.assert(
      fc.property(fc.boolean(), fc.array(event, { maxLength: 12 }), (muted, events) => {
        let state = run(muted, []).state
        for (const next of [...events, refused, refused]) {
          const stepped = stepAutoplay(state, next)
          expect(stepped.act).not.toBe('pause')
          expect(stepped.state.wanted).toBe(true)
          state = stepped.state
        }
        expect(state).toMatchObject({ muted: true, blocked: true })
      }),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { NO_PLAYBACK } from '../../src/state/create-state.ts'
import { reportProgress } from '../../src/widget/report-progress.ts'

const duration = 100
function play(...positions: number[]): number[] {
  const told: number[] = []
  const hear = reportProgress((percent) => told.push(percent))
  for (const position of positions)
    hear({ ...NO_PLAYBACK, phase: position >= duration ? 'ended' : 'playing', position, duration })
  return told
}
const steps = (from: number, to: number) => Array.from({ length: (to - from) / 2 + 1 }, (_, i) => from + i * 2)

describe('reportProgress', () => {
  it('tells each quarter once, however often it is played', () => {
    expect(play(...steps(0, 100), ...steps(0, 100))).toEqual([25, 50, 75, 100])
  })

  it('does not tell a quarter that was jumped over', () => {
    expect(play(...steps(0, 20), ...steps(60, 80))).toEqual([75])
  })

  it('tells nothing while the length is not known', () => {
    const told: number[] = []
    reportProgress((percent) => told.push(percent))({ ...NO_PLAYBACK, position: 3, duration: 0 })
    expect(told).toEqual([])
  })
})

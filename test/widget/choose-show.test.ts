import { describe, expect, it } from 'vitest'
import { chooseShow } from '../../src/widget/choose-show.ts'
import { statusOf } from '../../src/widget/status-of.ts'

const now = Date.parse('2026-11-20T18:30:00Z')
const at = (hour: number) => `2026-11-20T${hour}:00:00Z`
const chosen = (...shows: Parameters<typeof chooseShow>[0]['shows']) => chooseShow({ version: 1, shows }, now)?.url

describe('chooseShow', () => {
  it('takes the live one, else the next, else the newest replay', () => {
    const old = { url: 'old', status: 'replay' as const, startsAt: at(10) }
    const newer = { url: 'newer', status: 'replay' as const, startsAt: at(12) }
    const next = { url: 'next', startsAt: at(20) }
    const later = { url: 'later', startsAt: at(22) }
    const live = { url: 'live', startsAt: at(18), endsAt: at(19) }
    const over = { url: 'over', startsAt: at(13), endsAt: at(14) }
    expect(chosen(old, later, live, next, newer)).toBe('live')
    expect(chosen(old, later, next, newer)).toBe('next')
    expect(chosen(over, old, newer)).toBe('newer')
    expect(chosen(over)).toBe('over')
  })
})

describe('statusOf', () => {
  it('goes by dates where a recording is shown as if live', () => {
    const show = { asLive: true, status: 'replay' as const, startsAt: at(18), endsAt: at(19) }
    expect(statusOf(show, now)).toBe('live')
    expect(statusOf(show, now - 3_600_000)).toBe('scheduled')
    expect(statusOf(show, now + 3_600_000)).toBe('replay')
  })
})

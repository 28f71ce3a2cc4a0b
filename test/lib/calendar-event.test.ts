import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendarEvent } from '../../src/lib/calendar-event.ts'

const starts = Date.parse('2026-11-27T18:00:00Z')

describe('calendarEvent', () => {
  it('is an appointment with an alarm', () => {
    const file = calendarEvent({
      id: 'friday',
      title: 'Clay, glaze; fire',
      url: 'https://shop.test/?castcart=friday',
      starts,
    })
    const lines = file.split('\r\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        'BEGIN:VCALENDAR',
        'UID:friday',
        'DTSTART:20261127T180000Z',
        'DTEND:20261127T190000Z',
        'SUMMARY:Clay\\, glaze\\; fire',
        'URL:https://shop.test/?castcart=friday',
        'TRIGGER:-PT10M',
        'END:VCALENDAR',
      ]),
    )
  })

  it('never has a line that is too long or a word that ends the line early, and loses nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (title) => {
        const file = calendarEvent({ id: 'x', title, starts })
        for (const line of file.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
        const unfolded = file.replaceAll('\r\n ', '').split('\r\n')
        const words = unfolded.find((line) => line.startsWith('SUMMARY:'))?.slice(8)
        expect(words?.replace(/\\(.)/g, (_, one) => (one === 'n' ? '\n' : one))).toBe(title.replace(/\r\n?/g, '\n'))
      }),
    )
  })
})

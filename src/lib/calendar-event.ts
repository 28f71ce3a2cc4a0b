/** An appointment. */
export interface Appointment {
  /** The same for the same appointment, so that a calendar keeps one of it. */
  readonly id: string
  readonly title: string
  readonly text?: string | undefined
  readonly url?: string | undefined
  /** ms since 1970. */
  readonly starts: number
  /** Absent: an hour later. */
  readonly ends?: number | undefined
}

/** What a line of 75 octets has room for (RFC 5545 §3.1): so many letters of ASCII, or so many of any kind. */
const FOLD = /[ -~]{1,74}|.{1,18}/gu

/** A calendar file with one appointment and an alarm ten minutes before it (RFC 5545). */
export function calendarEvent({ id, title, text, url, starts, ends = starts + 3_600_000 }: Appointment): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Castcart//EN',
    'BEGIN:VEVENT',
    `UID:${escaped(id)}`,
    `DTSTAMP:${stamp(Date.now())}`,
    `DTSTART:${stamp(starts)}`,
    `DTEND:${stamp(ends)}`,
    `SUMMARY:${escaped(title)}`,
    ...(text ? [`DESCRIPTION:${escaped(text)}`] : []),
    ...(url ? [`URL:${url}`] : []),
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escaped(title)}`,
    'TRIGGER:-PT10M',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map(folded).join('\r\n').concat('\r\n')
}

const stamp = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '')
const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n')

/** A long line goes on in the next, after a space; no character is cut in two. */
const folded = (line: string): string => (line.match(FOLD) ?? []).join('\r\n ')

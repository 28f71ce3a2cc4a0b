import { readJson } from '../lib/read-json.ts'
import { type LiveEvent, parseEvent } from '../model/event.ts'

/** A place in a log. */
export interface LogPlace {
  readonly epoch: string
  readonly seq: number
}

/**
 * Judges what a source hands over, in its order: texts are read as JSON, lists opened, each value checked by `parseEvent`. What is bad is told.
 * @param take is given each event, and `null` with its place where a bad one takes a place in the log
 */
export function readEvents(
  raw: readonly unknown[],
  onProblem: (problem: string) => void,
  take: (event: LiveEvent | null, place?: LogPlace) => void,
): void {
  for (const item of raw) {
    const value = typeof item === 'string' ? readJson(item) : item
    if (value === undefined) onProblem(`a message of ${String(item).length} characters is too long, or not JSON`)
    else
      for (const one of Array.isArray(value) ? value : [value]) {
        const parsed = parseEvent(one)
        if (parsed.ok) take(parsed.event, placeOf(parsed.event))
        else {
          onProblem(parsed.problem)
          if (parsed.place) take(null, parsed.place)
        }
      }
  }
}

const placeOf = ({ epoch, seq }: LiveEvent): LogPlace | undefined =>
  epoch === undefined || seq === undefined ? undefined : { epoch, seq }

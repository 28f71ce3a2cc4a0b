import { createLink, type LinkOptions } from '../adapters/link.ts'
import type { ServerClock } from '../lib/server-clock.ts'
import type { ActionResult, ViewerAction } from '../model/action.ts'
import type { EventAdapter } from '../model/adapter.ts'
import { CastcartError, type ErrorCode } from '../model/error.ts'
import type { LiveEvent } from '../model/event.ts'
import type { RunOptions } from './conduct-options.ts'
import { cuesOf, readsCues } from './cues-of.ts'

/** What a show's link works with. */
export interface ShowLinkOptions extends RunOptions {
  readonly adapter: EventAdapter
  readonly clock: ServerClock
  readonly picture: () => number | null
  readonly onEvents: (events: readonly LiveEvent[]) => void
  readonly onReset: () => void
}

/** Connects a show to its events, and to what runs beside them; gives what sends. Keeps `$connection` and tells the developer what fails. */
export function linkShow(options: ShowLinkOptions): (action: ViewerAction) => Promise<ActionResult> {
  const { stores, adapter, video } = options
  const note = debug()
  const report = (code: ErrorCode, message: string) => options.report(new CastcartError(code, message))
  stores.$connection.set('connecting')
  const given: LinkOptions = {
    adapter,
    fetch: fetch.bind(globalThis),
    locale: options.locale,
    getToken: options.options.getToken,
    picture: options.picture,
    metadata: readsCues(adapter)
      ? cuesOf(video, (cause) => report('no-chunk', `the reader of cues did not load: ${cause}`))
      : undefined,
    clock: options.clock,
    signal: options.signal,
    onEvents: options.onEvents,
    onReset: options.onReset,
    onStatus(status, code) {
      const isFirst = stores.$connection.get() === 'connecting'
      if (status === 'denied') report('no-events', `the event source (${adapter.name}) refuses: ${code}`)
      else if (status === 'reconnecting' && isFirst)
        report('no-events', `the event source (${adapter.name}) does not answer: ${code}`)
      stores.$connection.set(status)
    },
    onProblem: (problem, isFault) => (isFault ? report('no-events', problem) : note(problem)),
  }
  const link = createLink(given)
  if (adapter.beside?.length)
    import('../adapters/link-beside.ts').then(
      ({ linkBeside }) => linkBeside(given, link),
      (cause) => report('no-chunk', `what runs beside the log did not load: ${cause}`),
    )
  return link.send
}

/** The developer's log: the first twenty problems, then silence. */
function debug(): (problem: string) => void {
  let count = 0
  return (problem) => {
    if (++count <= 20) console.debug(`[castcart] ${problem}`)
  }
}

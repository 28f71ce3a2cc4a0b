import { readJson } from '../lib/read-json.ts'
import type { EventAdapter, EventSink } from '../model/adapter.ts'

/**
 * Several sources as one: the first is the log, the others bring chat and whatever else has no place in it (`seq`), and samples of the clock. Each keeps a
 * connection of its own. An action goes to the first that carries its type.
 */
export function combine(log: EventAdapter, ...more: readonly EventAdapter[]): EventAdapter {
  const all = [log, ...more]
  const actions = [...new Set(all.flatMap((adapter) => (adapter.send ? (adapter.actions ?? []) : [])))]
  return {
    name: all.map(({ name }) => name).join('+'),
    recorded: log.recorded,
    anyOrder: log.anyOrder,
    readsCues: all.some(({ readsCues }) => readsCues),
    beside: [...(log.beside ?? []), ...more.flatMap((adapter) => [placeless(adapter), ...(adapter.beside ?? [])])],
    connect: (sink, context) => log.connect(sink, context),
    ...(log.snapshot && { snapshot: (context) => Promise.resolve(log.snapshot?.(context)) }),
    ...(log.history && { history: (range, context) => Promise.resolve(log.history?.(range, context)) }),
    ...(actions.length && {
      actions,
      async send(action, context) {
        const carrier = all.find((adapter) => adapter.send && adapter.actions?.includes(action.type))
        return carrier?.send?.(action, context) ?? { ok: false, reason: 'not-allowed' }
      },
    }),
  }
}

/** The same source without a log: what claims a place is dropped, and it resumes by its own bookmark alone. */
function placeless(adapter: EventAdapter): EventAdapter {
  let token: string | undefined
  return {
    name: adapter.name,
    readsCues: adapter.readsCues,
    connect(sink, context) {
      const since = token === undefined ? undefined : { epoch: '', seq: 0, token }
      const own: EventSink = {
        ...sink,
        newest: () => sink.events([]),
        events(raw, bookmark) {
          token = bookmark ?? token
          const loose = raw.flatMap(parsed).filter((event) => !hasPlace(event))
          if (raw.length && !loose.length) sink.problem(`${adapter.name}: an event of the log does not belong here`)
          sink.events(loose)
        },
        closed(why) {
          if (why.code === 'gone') token = undefined
          sink.closed(why)
        },
      }
      adapter.connect(own, { ...context, since })
    },
  }
}

/** A text that is not JSON stays what it is, for the link to count. */
const parsed = (item: unknown): unknown => (typeof item === 'string' ? (readJson(item) ?? item) : item)

const hasPlace = (event: unknown) => {
  const { epoch, seq } = Object(event) as Record<string, unknown>
  return epoch !== undefined || seq !== undefined
}

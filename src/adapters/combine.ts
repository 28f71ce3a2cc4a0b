import type { EventAdapter } from '../model/adapter.ts'

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
    beside: [...(log.beside ?? []), ...more.flatMap((adapter) => [adapter, ...(adapter.beside ?? [])])],
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

import { ACTION_TYPES, type ActionType, type ViewerAction } from '../model/action.ts'
import type { AdapterContext, EventAdapter } from '../model/adapter.ts'
import { logRequests } from './log-requests.ts'
import { postAction } from './post-action.ts'

/** Where what is not an event is asked for: an `http(s):` address, or a name of the engine's own (a subject, a topic, an RPC method). */
export interface EngineSource {
  /** Absent: there is no snapshot. */
  readonly snapshot?: string | undefined
  /** Absent: there is no history. */
  readonly history?: string | undefined
  /** Where actions go. Absent: viewers cannot act. */
  readonly send?: string | undefined
  /** What viewers may send. Absent: all that there is. */
  readonly actions?: readonly ActionType[] | undefined
}

/** Puts one question to a name of the engine and resolves to the answer, unparsed; rejects where there is none. */
export type Ask = (name: string, question: unknown, context: AdapterContext) => Promise<unknown>

/** The methods of an adapter beside `connect`: over HTTP where the address says so, else by the engine's own question and answer. */
export function engineRequests(
  source: EngineSource,
  ask?: Ask,
): Pick<EventAdapter, 'actions' | 'snapshot' | 'history' | 'send'> {
  const { snapshot, history, send, actions = ACTION_TYPES } = source
  const own = (name: string | undefined) => (ask && name && !isHttp(name) ? name : undefined)
  const named = { snapshot: own(snapshot), history: own(history), send: own(send) }
  return {
    ...logRequests({ snapshot: named.snapshot ? undefined : snapshot, history: named.history ? undefined : history }),
    ...(ask && named.snapshot && { snapshot: ask.bind(null, named.snapshot, {}) }),
    ...(ask && named.history && { history: ask.bind(null, named.history) }),
    ...(send && {
      actions,
      send: (action: ViewerAction, context: AdapterContext) =>
        ask && named.send ? ask(named.send, action, context) : postAction(send, action, context),
    }),
  }
}

/** Whether an address is fetched. */
export const isHttp = (address: string): boolean => /^https?:/i.test(address)

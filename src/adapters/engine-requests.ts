import { MAX_TEXT } from '../lib/read-json.ts'
import { ACTION_TYPES, type ActionType, type ViewerAction } from '../model/action.ts'
import type { AdapterContext, EventAdapter } from '../model/adapter.ts'
import { logRequests } from './log-requests.ts'
import { postAction } from './post-action.ts'
import { readAnswer } from './shop-client.ts'

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

/** Longest snapshot or page of history that an engine's answer may be, in characters: 4 Mi. Brokers carry 1 MiB unless told otherwise. */
const MAX_LOG = 4 * 2 ** 20

/**
 * Puts one question to a name of the engine and resolves to the answer as it came (text, bytes, or what the client made of them); rejects where
 * there is none.
 */
export type Ask = (name: string, question: unknown, context: AdapterContext) => Promise<unknown>

/** The methods of an adapter beside `connect`: over HTTP where the address says so, else by the engine's own question and answer. */
export function engineRequests(
  source: EngineSource,
  ask?: Ask,
): Pick<EventAdapter, 'actions' | 'snapshot' | 'history' | 'send'> {
  const { snapshot, history, send, actions = ACTION_TYPES } = source
  const named = (name: string | undefined) => (ask && name && !isHttp(name) ? name : undefined)
  const own = { snapshot: named(snapshot), history: named(history), send: named(send) }
  return {
    ...logRequests({ snapshot: own.snapshot ? undefined : snapshot, history: own.history ? undefined : history }),
    ...(ask && own.snapshot && { snapshot: readLog.bind(null, ask, own.snapshot, {}) }),
    ...(ask && own.history && { history: readLog.bind(null, ask, own.history) }),
    ...(send && {
      actions,
      send: async (action: ViewerAction, context: AdapterContext) =>
        ask && own.send
          ? readAnswer(await ask(own.send, action, context), MAX_TEXT)
          : postAction(send, action, context),
    }),
  }
}

/** `undefined`: there is none. */
async function readLog(ask: Ask, name: string, question: unknown, context: AdapterContext): Promise<unknown> {
  const answer = await ask(name, question, context)
  const value = readAnswer(answer, MAX_LOG)
  if (value === undefined && answer !== undefined) throw new Error(`${name} answered no JSON, or too much of it`)
  return value
}

/** Whether an address is fetched. */
export const isHttp = (address: string): boolean => /^https?:/i.test(address)

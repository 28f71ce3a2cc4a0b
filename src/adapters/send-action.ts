import { type ActionResult, actionResultSchema, type ViewerAction } from '../model/action.ts'
import type { AdapterContext, EventAdapter } from '../model/adapter.ts'
import { check } from '../model/parse.ts'

/**
 * Carries out one intent: after a lost answer again with the same key, until `within` gives up. Never rejects. Loaded with the first action.
 * @param within runs one request and rejects when its time is over
 * @param pause ms between two attempts; it never resolves once all is over. `delay`: how many, jittered
 */
export async function sendAction(
  action: ViewerAction,
  adapter: EventAdapter,
  tools: {
    within(run: (context: AdapterContext) => Promise<unknown>): Promise<unknown>
    pause(ms: number): Promise<void>
    delay(attempt: number): number
    onProblem(problem: string): void
  },
): Promise<ActionResult> {
  const { within, pause, delay, onProblem } = tools
  try {
    const raw = await within(async (context) => {
      for (;;) {
        try {
          return await adapter.send?.(action, context)
        } catch (cause) {
          if (context.signal.aborted) throw cause
          await pause(delay(0))
        }
      }
    })
    const answer = check(actionResultSchema, raw)
    if (answer.ok) return answer.value
    onProblem(`answer to ${action.type}${answer.problem}`)
    return { ok: false, reason: 'unknown' }
  } catch (cause) {
    onProblem(`${action.type}: ${cause}`)
    return { ok: false, reason: 'offline' }
  }
}

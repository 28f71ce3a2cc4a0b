import type { ActionType } from '../../model/action.ts'
import { useWidget } from '../context.ts'
import { useStore } from '../use-store.ts'

/** Whether viewers may do this here and now: a recording takes nothing but questions. */
export function useCan(type: ActionType): boolean {
  const { state } = useWidget()
  const { actions } = useStore(state.$can)
  const isReplay = useStore(state.$status) === 'replay'
  return actions.includes(type) && (!isReplay || type === 'question.ask')
}

/** Where a question goes from here: to the show, to the shop's own address, or into a letter of the viewer's; `null`: nowhere. */
export type Way = 'show' | 'shop' | 'mail' | null

/** See {@link Way}. */
export function useWay(): Way {
  const { state } = useWidget()
  const isTaken = useCan('question.ask')
  const isReplay = useStore(state.$status) === 'replay'
  const to = useStore(state.$show)?.questionsTo
  if (isTaken) return isReplay ? 'shop' : 'show'
  if (!isReplay || !to) return null
  return to.startsWith('mailto:') ? 'mail' : 'shop'
}

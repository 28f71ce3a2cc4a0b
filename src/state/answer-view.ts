import type { LiveEvent } from '../model/event.ts'
import type { LocalText } from '../model/local-text.ts'

/** A question with the host's answer: a chapter of the show. */
export interface AnswerView {
  readonly id: string
  readonly question: string
  /** In words; absent: by voice alone, in the picture at `at`. */
  readonly answer?: LocalText | undefined
  readonly productId?: string | undefined
  /** Picture time, ms since 1970. */
  readonly at: number
}

/** What was answered in a log, by time; of two answers to one question the later. What the host hid since is for the room to say. */
export function answerViews(events: readonly LiveEvent[]): AnswerView[] {
  const views = new Map<string, AnswerView>()
  for (const { type, data, at } of events) {
    if (type !== 'question.answer') continue
    views.delete(data.id)
    views.set(data.id, { ...data, at })
  }
  return [...views.values()]
}

import { cleanWords } from '../lib/clean-words.ts'
import type { LocalText } from '../model/local-text.ts'
import type { QuestionFacts, Room } from './empty-room.ts'
import type { Mine } from './mine.ts'

/** A question as the viewer sees it. */
export interface QuestionView {
  readonly id: string
  readonly text: string
  /** Who asked; empty: a guest without a name. */
  readonly name: string
  readonly productId?: string | undefined
  readonly votes: number
  readonly isMine: boolean
  /** This viewer has voted for it. */
  readonly hasVoted: boolean
  /** Picture time at which it was asked, ms since 1970. */
  readonly at: number
  /** What the host said; absent: nothing yet. */
  readonly answer?: { readonly at: number; readonly text?: LocalText | undefined } | undefined
}

/** The questions at the picture: open ones by votes, then by age; after them the answered ones, the newest answer first. */
export function questionViews(room: Room, mine: Mine): QuestionView[] {
  const views = Object.entries(room.questions).flatMap(([id, facts]) => viewOf(id, facts, mine) ?? [])
  const answeredAt = ({ answer }: QuestionView) => answer?.at ?? 0
  return views.sort((a, b) => {
    if (!a.answer !== !b.answer) return a.answer ? 1 : -1
    return a.answer ? answeredAt(b) - answeredAt(a) : b.votes - a.votes || a.at - b.at
  })
}

function viewOf(id: string, { post, answer, hide }: QuestionFacts, mine: Mine): QuestionView | undefined {
  const text = cleanWords(post?.data.text ?? answer?.data.question ?? '')
  if (hide || !text) return undefined
  return {
    id,
    text,
    name: cleanWords(post?.data.name ?? ''),
    productId: post?.data.productId ?? answer?.data.productId,
    votes: post?.data.votes ?? 0,
    isMine: mine.questions.includes(id),
    hasVoted: mine.upvotes.includes(id),
    at: post?.data.moment ?? post?.at ?? answer?.at ?? 0,
    answer: answer && { at: answer.at, text: answer.data.answer },
  }
}

import type { ActionResult, ActionType } from '../model/action.ts'

/** What this viewer did in this show, as far as this tab knows. Plain JSON: it follows across pages with the show. */
export interface Mine {
  /** Tells this viewer from others to the event server while this show is open; empty before the show began. */
  readonly guest: string
  /** When this viewer came to the show, server ms since 1970, anew after more than a minute away; absent: not yet. */
  readonly joinedAt?: number | undefined
  /** When this viewer left it last, server ms since 1970; absent: not yet. */
  readonly leftAt?: number | undefined
  /** The name given for the chat; absent: none yet. */
  readonly name?: string | undefined
  /** The chat's rules were agreed to. */
  readonly hasAgreed?: boolean | undefined
  readonly follows?: boolean | undefined
  /** In a replay the chat is not shown. */
  readonly hidesChat?: boolean | undefined
  /** Answer chosen, by poll. */
  readonly votes: Readonly<Record<string, string>>
  /** Pseudonym in the draw, by raffle. */
  readonly entries: Readonly<Record<string, string>>
  /** Raffles whose prize was claimed. */
  readonly claims: readonly string[]
  /** Voucher, by offer. */
  readonly codes: Readonly<Record<string, { readonly code: string; readonly until?: number | undefined }>>
  /** Ids of questions asked. */
  readonly questions: readonly string[]
  /** Ids of questions voted for. */
  readonly upvotes: readonly string[]
  /** Ids of authors not to be shown. */
  readonly muted: readonly string[]
  /** Ids of messages reported, not to be shown. Absent: none. */
  readonly reported?: readonly string[] | undefined
  /** Codes that the store took off the cart. Absent: none. */
  readonly applied?: readonly string[] | undefined
  /** Keys of what was put away on the now card. Absent: none. */
  readonly dismissed?: readonly string[] | undefined
  /** When each first-tap giveaway came into sight, ms since 1970 by this machine's clock. Absent: none. */
  readonly seen?: Readonly<Record<string, number>> | undefined
  /** Who bought what is not to be told. */
  readonly hidesOrders?: boolean | undefined
}

/** Before the viewer did anything. */
export const NOTHING_MINE: Mine = {
  guest: '',
  votes: {},
  entries: {},
  claims: [],
  codes: {},
  questions: [],
  upvotes: [],
  muted: [],
}

/** What is the viewer's after an action was answered. A refusal changes nothing, but for what it says was done before, on another page or in vain. */
export function mineAfter(
  mine: Mine,
  { type, data }: { readonly type: ActionType; readonly data: Readonly<Record<string, unknown>> },
  result: ActionResult,
): Mine {
  const id = String(data.id ?? '')
  const { code, until } = result
  const isAgain = !result.ok && result.reason === 'already'
  const isDone = result.ok || isAgain
  if (type === 'voucher.claim' && code !== undefined && isDone)
    return { ...mine, codes: { ...mine.codes, [id]: { code, until } } }
  // What was voted for is not told; that there is a vote is enough to ask no more.
  if (type === 'poll.vote' && isAgain) return { ...mine, votes: { [id]: '', ...mine.votes } }
  if (type === 'raffle.claim' && isDone) return { ...mine, claims: withOne(mine.claims, id) }
  if (type === 'question.vote' && isDone) return { ...mine, upvotes: withOne(mine.upvotes, id) }
  if (!result.ok) return mine
  switch (type) {
    case 'poll.vote':
      return { ...mine, votes: { ...mine.votes, [id]: String(data.option) } }
    case 'raffle.enter':
      return { ...mine, entries: { ...mine.entries, [id]: result.entry ?? '' } }
    case 'question.ask':
      return result.id === undefined ? mine : { ...mine, questions: [...mine.questions, result.id] }
    case 'host.follow':
      return { ...mine, follows: data.follows !== false }
    default:
      return mine
  }
}

const withOne = (ids: readonly string[], id: string): readonly string[] => [...new Set([...ids, id])]

/** Reads what an earlier page kept; what has another shape is left out. */
export function readMine(kept: unknown): Mine {
  if (typeof kept !== 'object' || kept === null) return NOTHING_MINE
  const fits = Object.entries(NOTHING_MINE).every(
    ([key, empty]) =>
      typeof Reflect.get(kept, key) === typeof empty && Array.isArray(Reflect.get(kept, key)) === Array.isArray(empty),
  )
  return fits ? (kept as Mine) : NOTHING_MINE
}

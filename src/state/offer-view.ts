import type { OfferCloseReason, OfferTerms } from '../model/event.ts'
import type { OfferFacts } from './empty-room.ts'
import type { Room } from './room.ts'

/** Server time and the picture's, ms since 1970; `picture` is `null` where the picture has no date. */
export interface Moment {
  readonly now: number
  readonly picture: number | null
}

/** An offer as the viewer sees it. */
export interface OfferView {
  readonly id: string
  readonly terms: OfferTerms
  /** `ended`: seen in a replay or in the past of a live show. */
  readonly stage: 'announced' | 'open' | 'closed' | 'ended'
  readonly reason?: OfferCloseReason | undefined
  /** Whole seconds to its opening (announced) or end (open), 0 otherwise. */
  readonly seconds: number
  /** How much of its time is left, 1 to 0. */
  readonly left: number
  /** How many are left of it, as it was told last; absent: not limited, or not told. */
  readonly remaining?: number | undefined
  /** So few are left that it is worth saying. */
  readonly isLow?: boolean | undefined
  /** Its first end, where that was moved later (ms since 1970). */
  readonly extendedFrom?: number | undefined
}

/** Seconds a closed offer stays on screen to say so. */
const FAREWELL = 4

/**
 * The offers to show: open ones by their end, then announced ones by their opening, then those just closed.
 * An open offer ends when the picture reaches `closesAt`, never later than `grace` seconds after it by the server's clock.
 */
export function offerViews(room: Room, moment: Moment, replay: boolean): OfferView[] {
  const views: OfferView[] = []
  for (const facts of Object.values(room.offers)) {
    const terms = facts.open?.data ?? facts.announce?.data
    const at = terms && stageOf(terms, facts, { moment, replay })
    if (at) views.push({ id: terms.id, terms, ...at, ...moreOf(terms, facts) })
  }
  const order = ['open', 'announced', 'closed', 'ended']
  return views.sort((a, b) => order.indexOf(a.stage) - order.indexOf(b.stage) || a.seconds - b.seconds)
}

/** {@link offerViews} for one viewer: an offer that was seen over never opens again, wherever the picture and the clocks go. */
export function createOfferViews(): typeof offerViews {
  const over = new Set<string>()
  return (...given) => {
    const views = offerViews(...given).filter(({ id, stage }) => stage !== 'open' || !over.has(id))
    for (const { id, stage } of views) if (stage === 'closed' || stage === 'ended') over.add(id)
    return views
  }
}

type Stage = Pick<OfferView, 'stage' | 'reason' | 'seconds' | 'left'>

function stageOf(
  { opensAt, closesAt, grace = 15 }: OfferTerms,
  { open, close }: OfferFacts,
  { moment, replay }: { readonly moment: Moment; readonly replay: boolean },
): Stage | null {
  const picture = moment.picture ?? moment.now
  if (replay) {
    const seen = open && picture >= opensAt && picture < closesAt && (!close || picture < close.at)
    return seen ? { stage: 'ended', seconds: 0, left: 0 } : null
  }
  const endsIn = Math.min(closesAt - picture, closesAt + grace * 1000 - moment.now)
  if (close || endsIn <= 0) {
    const since = close ? Math.min(picture - close.at, moment.now - close.at) : -endsIn
    const stage = moment.now - picture > 60_000 ? 'ended' : 'closed'
    return since < FAREWELL * 1000 ? { stage, reason: close?.data.reason ?? 'time', seconds: 0, left: 0 } : null
  }
  if (!open) {
    const opensIn = opensAt - picture
    return opensIn > -5000 ? { stage: 'announced', seconds: Math.max(0, Math.ceil(opensIn / 1000)), left: 1 } : null
  }
  const left = Math.min(1, endsIn / Math.max(1, closesAt - opensAt))
  return { stage: 'open', seconds: Math.ceil(endsIn / 1000), left }
}

/** How many are left, as the newer of opening and update says; whether its end was moved. */
function moreOf(
  { quantity, remaining = quantity, lowStock, closesAt }: OfferTerms,
  { open, update, first }: OfferFacts,
): Partial<OfferView> {
  const isUpdated = update && (update.seq ?? 0) > (open?.seq ?? 0)
  const count = isUpdated ? update.data.remaining : remaining
  const few = lowStock ?? (quantity ?? 0) / 10
  const was = first?.data.closesAt ?? closesAt
  return {
    ...(count === undefined ? {} : { remaining: count, isLow: count <= few }),
    ...(was < closesAt ? { extendedFrom: was } : {}),
  }
}

import type { LiveEvent, OfferCloseReason, OfferTerms } from '../model/event.ts'
import type { Money } from '../model/money.ts'
import { emptyRoom, fold } from './room.ts'

/** The price of a product or of one variant from `at` on (ms since 1970), as the store's own books have it. */
export interface PricePoint {
  readonly productId: string
  readonly variantId?: string | undefined
  readonly at: number
  readonly price: Money
}

/** What a product cost around an offer; a price that the books do not tell is absent. */
export interface OfferPrice {
  readonly productId: string
  readonly variantId?: string | undefined
  /** Just before the opening. */
  readonly before?: Money | undefined
  /** The lowest while it was open. */
  readonly during?: Money | undefined
  /** After its end. */
  readonly after?: Money | undefined
  /** The lowest in the 30 days before the opening (directive 98/6/EC, article 6a). */
  readonly lowest30?: Money | undefined
  /** From when on the books tell it: the beginning of those 30 days, or later where they begin later. */
  readonly lowest30From?: number | undefined
}

/** One offer of a show as it went; times are server ms since 1970. */
export interface OfferRecord {
  readonly id: string
  readonly terms: OfferTerms
  readonly announcedAt?: number | undefined
  /** Absent: it was announced and never opened. */
  readonly openedAt?: number | undefined
  /** The end that was promised at first, and last. */
  readonly firstClosesAt: number
  readonly closesAt: number
  /** Absent: it has not been closed. */
  readonly closedAt?: number | undefined
  readonly reason?: OfferCloseReason | undefined
  /** Left at the end, where it is limited. */
  readonly remaining?: number | undefined
  readonly prices: readonly OfferPrice[]
}

const DAYS_30 = 30 * 86_400_000

/**
 * What became of every offer of a show, oldest first, for the shop's books and lawyers.
 * @param events the show's log; what is no event is left out
 * @param history prices of the store's own books; absent: the records have none
 */
export function offerLog(events: readonly unknown[], history: readonly PricePoint[] = []): OfferRecord[] {
  const { offers } = events.reduce<ReturnType<typeof emptyRoom>>(fold, emptyRoom())
  const records = Object.values(offers).flatMap(({ announce, first, open, update, close }) => {
    const terms = open?.data ?? announce?.data
    if (!terms) return []
    const openedAt = first?.at
    const span = { openedAt, closedAt: close?.at }
    const told = update && (update.seq ?? 0) > (open?.seq ?? 0) ? update.data.remaining : terms.remaining
    return [
      {
        ...{ id: terms.id, terms, announcedAt: announce?.at, openedAt },
        firstClosesAt: (first ?? announce)?.data.closesAt ?? terms.closesAt,
        closesAt: terms.closesAt,
        closedAt: close?.at,
        reason: close?.data.reason,
        remaining: terms.quantity === undefined ? undefined : told,
        prices: openedAt === undefined ? [] : pricesOf(terms, history, { ...span, openedAt }),
      },
    ]
  })
  return records.sort((a, b) => startOf(a) - startOf(b))
}

const startOf = ({ announcedAt, openedAt }: OfferRecord): number => announcedAt ?? openedAt ?? 0

interface Span {
  readonly openedAt: number
  readonly closedAt: LiveEvent['at'] | undefined
}

function pricesOf({ productIds, grace = 15 }: OfferTerms, history: readonly PricePoint[], span: Span): OfferPrice[] {
  const lines = new Map<string, PricePoint[]>()
  for (const point of history) {
    if (!productIds.includes(point.productId)) continue
    const key = `${point.productId}\n${point.variantId ?? ''}`
    lines.set(key, [...(lines.get(key) ?? []), point])
  }
  return [...lines.values()].map((points) => priceOf(points, span, grace * 1000))
}

function priceOf(points: PricePoint[], { openedAt, closedAt }: Span, grace: number): OfferPrice {
  points.sort((a, b) => a.at - b.at)
  const [{ productId, variantId } = { productId: '' }] = points
  const before = inForce(points, openedAt)
  const from = Math.max(openedAt - DAYS_30, points[0]?.at ?? openedAt)
  const end = closedAt ?? Infinity
  const opened = points.filter(({ at }) => at >= openedAt && at < end)
  const after =
    points.find(({ at }) => at >= end) ?? (closedAt === undefined ? undefined : inForce(points, end + grace))
  return {
    productId,
    variantId,
    before: before?.price,
    during: lowest(opened.length ? opened : [before]),
    after: after?.price,
    lowest30: before && lowest([inForce(points, from + 1), ...points.filter(({ at }) => at > from && at < openedAt)]),
    lowest30From: before && from,
  }
}

/** The price that counted just before `at`. */
const inForce = (points: readonly PricePoint[], at: number): PricePoint | undefined =>
  points.findLast((point) => point.at < at)

function lowest(points: readonly (PricePoint | undefined)[]): Money | undefined {
  const prices = points.flatMap((point) => (point ? [point.price] : []))
  return prices.reduce<Money | undefined>(
    (least, price) => (least && least.amount <= price.amount ? least : price),
    undefined,
  )
}

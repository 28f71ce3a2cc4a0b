/** A part of a show. */
export interface Span {
  /** Picture time, ms since 1970. */
  readonly from: number
  /** Absent: to the end. */
  readonly until?: number | undefined
}

/** A product's time on screen: from its pin to the next. */
export interface Chapter extends Span {
  readonly productId: string
}

/** Shorter than this is a slip of the host's hand, ms. */
const SHORTEST = 3000

/**
 * The chapters that a show has by itself. What is pinned together is one chapter each with the same end; the same product again at once goes on;
 * a pin that was taken back within three seconds is none.
 * @param pins when each product was pinned, by time
 */
export function chaptersOf(pins: readonly { readonly productId: string; readonly at: number }[]): Chapter[] {
  const times = [...new Set(pins.map(({ at }) => at))].sort((a, b) => a - b)
  const chapters: Chapter[] = []
  for (const { productId, at } of pins) {
    const until = times[times.indexOf(at) + 1]
    if (until !== undefined && until - at < SHORTEST) continue
    const before = chapters.findLast((chapter) => chapter.productId === productId)
    if (before?.until === at) chapters[chapters.indexOf(before)] = { ...before, until }
    else chapters.push({ productId, from: at, until })
  }
  return chapters
}

/** The one functional key, written after the viewer's own "play" alone, so that a show follows across pages. */
const KEY = 'castcart'
/** A show left longer ago than this does not follow any more, ms. */
const STALE = 30 * 60_000

/** Where a show was when its page went away. */
export interface Bookmark {
  /** Address of the show document. */
  readonly show: string
  /** Picture time, ms since 1970; absent: the picture had no date. */
  readonly date?: number | undefined
  /** Seconds of media. */
  readonly position: number
  readonly live: boolean
  readonly muted: boolean
  readonly paused: boolean
  /** What the viewer did in the show, see `readMine`. */
  readonly mine?: unknown
  /** Client time when this was written, ms. */
  readonly at: number
  /** When the viewer last did something in it, client time, ms: of two shows in a page the later one follows. */
  readonly acted: number
}

/** The bookmark of this show in this tab, or without one, of whatever show; `null`: none, too old, not readable, or storage is refused. */
export function readBookmark(show?: string): Bookmark | null {
  try {
    const bookmark = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Bookmark | null
    const fits = bookmark && (show ?? bookmark.show) === bookmark.show && Date.now() - bookmark.at < STALE
    return fits && Number.isFinite(bookmark.position) ? bookmark : null
  } catch {
    return null
  }
}

/** Keeps or, with `null`, removes the bookmark. A page without storage goes without. */
export function writeBookmark(bookmark: Bookmark | null): void {
  try {
    if (bookmark) sessionStorage.setItem(KEY, JSON.stringify(bookmark))
    else sessionStorage.removeItem(KEY)
  } catch {
    // Storage is refused or full: the show does not follow, everything else works.
  }
}

/** Keeps, for this tab, that the viewer closed a show that opens by itself: it does so once. */
export function rememberClosed(show: unknown): void {
  try {
    if (typeof show === 'string') sessionStorage.setItem(KEY, JSON.stringify({ closed: show }))
  } catch {
    // Without storage it opens again on the next page.
  }
}

/** Whether the viewer closed this show in this tab, see {@link rememberClosed}. */
export function wasClosed(show: unknown): boolean {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null')?.closed === show
  } catch {
    return false
  }
}

/** Where and how a picture begins: a date (live) or a position (recorded), else the live edge or 0. */
export interface Start {
  readonly date?: number | undefined
  readonly position?: number | undefined
  /** Picture time at which it pauses, ms since 1970: a clip. Absent: it goes on. */
  readonly until?: number | undefined
  readonly paused?: boolean | undefined
}

/**
 * Where to begin: a recording did not move on meanwhile, a live picture did. Its date is counted when it is read, since a page
 * takes its time until there is something to begin.
 */
export function startFrom({ live, date, position, at, paused }: Bookmark): Start {
  if (!live) return { position, paused }
  if (date === undefined || paused) return { date, paused }
  return {
    get date() {
      return date + (Date.now() - at)
    },
    paused,
  }
}

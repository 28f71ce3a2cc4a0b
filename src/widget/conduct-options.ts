import type { EventAdapter } from '../model/adapter.ts'
import type { CastcartError } from '../model/error.ts'
import type { Options } from '../model/options.ts'
import type { EventMoment } from '../model/track.ts'
import type { ChatLine } from '../state/chat-line.ts'
import type { Stores } from '../state/create-state.ts'
import type { Catalogue } from '../state/product-view.ts'
import type { LoadedShow } from './load-show.ts'
import type { Announcer } from './public-events.ts'
import type { Start } from './resume.ts'

/** What a session is made of. */
export interface SessionOptions {
  readonly stores: Stores
  readonly options: Options
  readonly locale: string
  readonly announcer: Announcer
  readonly host: HTMLElement
  /** The widget's end. */
  readonly signal: AbortSignal
}

/** What one begin of a show is given; `signal` ends this begin alone. */
export interface ConductOptions extends SessionOptions, LoadedShow {
  readonly video: HTMLVideoElement
  readonly own: readonly ChatLine[]
  readonly start: Start
  /** What goes wrong without ending the show, for the developer, once. */
  readonly report: (error: CastcartError) => void
  /** What the page should better say, for the developer, once. */
  readonly warn: (words: string) => void
  readonly moment: () => EventMoment
  /** What was kept of an earlier visit is read; absent: most pages ask for no consent, and load nothing for it. */
  readonly keeping?: Promise<void> | undefined
  /** When the viewer last did anything, client time, ms; 0: not yet, and nothing is stored. */
  readonly actedAt: () => number
}

/** What one run of a show works with. */
export interface RunOptions extends ConductOptions {
  readonly adapter: EventAdapter | null
  readonly catalogue: () => Catalogue
  readonly ownLines: () => readonly ChatLine[]
  /** Something on screen may have changed, for public events. */
  readonly onRoom: () => void
}

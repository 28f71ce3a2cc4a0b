import type { Mine } from '../../../state/mine.ts'
import type { Moment } from '../../../state/offer-view.ts'
import type { Room } from '../../../state/room.ts'
import type { UiModel } from '../../context.ts'

/** What a source of happenings reads: the room at the picture, and what this viewer did. */
export interface Now {
  readonly model: UiModel
  readonly room: Room
  readonly moment: Moment
  readonly mine: Mine
  readonly isReplay: boolean
}

/** Something that goes on in the show, in one line: what the now card draws. */
export interface Happening {
  /** Unique, and the same for as long as it is the same thing, such as `poll/p1`. */
  readonly key: string
  /** Least first: 0 to 9 is this viewer's own, to 29 asks to be done now, to 59 is told, from 60 may wait. */
  readonly rank: number
  /** Picture time it began, ms since 1970: of the same rank the newest goes first. */
  readonly at: number
  /** What it is, in a word: Poll. */
  readonly kind: string
  readonly title: string
  /** Beside its kind, such as how many take part. */
  readonly text?: string | undefined
  /** Path of its icon; absent where it has a picture. */
  readonly icon?: string | undefined
  readonly image?: string | null | undefined
  /** Whole seconds left; absent: no end is known. */
  readonly seconds?: number | undefined
  /** The one thing to do: `act`, or `href` of a page that opens beside the show. */
  readonly words: string
  readonly act?: (() => void) | undefined
  readonly href?: string | undefined
  /** Called when it is drawn: for what counts from then. */
  readonly seen?: (() => void) | undefined
  /** Good news of this viewer's own. */
  readonly isGood?: boolean | undefined
  /** It can be put away, for good (`$mine.dismissed`). */
  readonly canDismiss?: boolean | undefined
}

/** Puts what has this key away, for good. */
export const dismiss = ({ commands, state }: UiModel, key: string): void =>
  commands.keep({ dismissed: [...(state.$mine.get().dismissed ?? []), key] })

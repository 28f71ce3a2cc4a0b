import type { PlayerOptions } from '../model/player.ts'
import type { Autoplay } from './autoplay.ts'
import type { Engine } from './engine.ts'
import type { LiveFollower } from './follow-live.ts'
import type { PictureTime } from './picture-time.ts'
import type { Recovery } from './recovery.ts'
import type { SidecarCaptions } from './sidecar-captions.ts'

/** Everything that one playing video consists of. */
export interface Drive {
  readonly options: PlayerOptions
  readonly captions: SidecarCaptions
  readonly picture: PictureTime
  readonly follower: LiveFollower
  readonly recovery: Recovery
  /** Reads the whole state anew and publishes what is news. */
  readonly update: () => void
  auto: Autoplay
  engine: Engine | undefined
  src: string
  started: boolean
  /** The element was taken out of the document: what played goes on when it is back. */
  isOut: boolean
  /** `appended()` of the engine, and the moment (ms), when the picture last moved or was loaded anew. */
  moved: { readonly appended: number; readonly at: number }
}

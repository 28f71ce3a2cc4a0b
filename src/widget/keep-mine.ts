import { toJson } from '../lib/to-json.ts'
import type { Options } from '../model/options.ts'
import type { Show } from '../model/show.ts'
import type { Stores } from '../state/create-state.ts'
import { type Mine, NOTHING_MINE, readMine } from '../state/mine.ts'
import { mineOver } from '../state/mine-over.ts'
import { followConsent } from '../track/follow-consent.ts'

/** What {@link keepMine} works with. */
export interface KeepOptions {
  readonly stores: Stores
  readonly options: Pick<Options, 'consent'>
  readonly show: Show
  /** The widget's end. */
  readonly signal: AbortSignal
}

/**
 * With the viewer's consent to storage, what the viewer did in this show is there again at the next visit, and at once in the other tabs; when it is withdrawn,
 * what was kept is deleted. Without it nothing is written.
 */
export function keepMine({ stores, options, show, signal }: KeepOptions): void {
  const { consent = 'none' } = options
  if (consent === 'none') return
  const key = `castcart:${show.id}`
  let stop = () => {}
  const begin = () => {
    const kept = () => readMine(JSON.parse(localStorage.getItem(key) ?? 'null'))
    // A banner is answered when the show runs already: what was done by then is newer, and adds to what was kept.
    stores.$mine.set(mineOver(kept(), stores.$mine.get()))
    let told: Mine | undefined
    const forget = stores.$mine.subscribe((mine) => {
      // What another tab wrote is not written back.
      if (mine !== NOTHING_MINE && mine !== told)
        attempt(() => localStorage.setItem(key, toJson(mineOver(kept(), mine))))
    })
    const hear = (event: StorageEvent) =>
      attempt(() => {
        if (event.key !== key || !event.newValue) return
        const mine = stores.$mine.get()
        // The viewer has come to this tab when they came to it.
        told = { ...mineOver(mine, kept()), joinedAt: mine.joinedAt }
        stores.$mine.set(told)
      })
    addEventListener('storage', hear)
    stop = () => {
      forget()
      removeEventListener('storage', hear)
    }
  }
  followConsent(
    consent,
    ({ storage }) => {
      stop()
      stop = () => {}
      attempt(storage ? begin : () => localStorage.removeItem(key))
    },
    signal,
  )
  signal.addEventListener('abort', () => stop())
}

/** A browser without storage goes without. */
function attempt(act: () => void): void {
  try {
    act()
  } catch {
    // Refused or full.
  }
}

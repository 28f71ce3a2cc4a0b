import type { ConductOptions } from './conduct-options.ts'
import { readBookmark, writeBookmark } from './resume.ts'
import type { Run } from './run-show.ts'

/** What was written within this time still plays, ms. */
const PLAYING = 3000

/**
 * Keeps where the show is while it plays, so that it follows across full page loads: of several in a page the one that the viewer touched
 * last. Forgets it when the viewer closes it. Where that was on a later page, this one closes it too when it comes back from the
 * back-forward cache.
 */
export function keepBookmark({ stores, options, run, signal, actedAt }: ConductOptions & { readonly run: Run }): void {
  const { show } = options
  if (typeof show !== 'string') return
  let isKept = false
  const save = () => {
    const { started, phase, position, live, muted } = stores.$playback.get()
    const acted = actedAt()
    const kept = readBookmark()
    if (kept && kept.acted > acted && Date.now() - kept.at < PLAYING) {
      isKept = false
      return
    }
    if (!started || !acted || stores.$view.get() === 'closed') return
    if (phase === 'ended') {
      isKept = false
      if (kept?.show === show) writeBookmark(null)
      return
    }
    writeBookmark({
      show,
      acted,
      date: run.pictureTime() ?? undefined,
      position,
      live,
      muted,
      paused: phase === 'paused',
      mine: stores.$mine.get(),
      at: Date.now(),
    })
    // A browser may refuse to keep it.
    isKept = readBookmark() !== null
  }
  const comeBack = ({ persisted }: PageTransitionEvent) => {
    if (!persisted || !isKept || readBookmark()) return
    stores.$sheet.set(null)
    stores.$view.set('closed')
  }
  const timer = setInterval(save, 1000)
  addEventListener('pagehide', save, { signal })
  addEventListener('pageshow', comeBack, { signal })
  signal.addEventListener('abort', () => clearInterval(timer))
}

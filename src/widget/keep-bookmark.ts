import type { ConductOptions } from './conduct.ts'
import { writeBookmark } from './resume.ts'
import type { Run } from './run-show.ts'

/** Keeps where the show is while it plays, so that it follows across full page loads; forgets it when the viewer closes it. */
export function keepBookmark({ stores, options, run, signal, hasActed }: ConductOptions & { readonly run: Run }): void {
  const { show } = options
  if (typeof show !== 'string') return
  const save = () => {
    const { started, phase, position, live, muted } = stores.$playback.get()
    if (!started || !hasActed() || stores.$view.get() === 'closed') return
    if (phase === 'ended') return writeBookmark(null)
    const paused = phase === 'paused'
    const where = { show, date: run.pictureTime() ?? undefined, position, live, muted, paused }
    writeBookmark({ ...where, mine: stores.$mine.get(), at: Date.now() })
  }
  const timer = setInterval(save, 1000)
  addEventListener('pagehide', save, { signal })
  signal.addEventListener('abort', () => clearInterval(timer))
}

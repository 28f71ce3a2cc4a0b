import type { Sheet } from '../state/create-state.ts'
import type { Commands } from '../ui/context.ts'
import type { CommandOptions } from './acts.ts'
import { rememberClosed, writeBookmark } from './resume.ts'

/** There is no store to ask, or none yet. */
const UNREACHABLE = { outcome: 'rejected', reason: 'unreachable' } as const

/** Everything that the viewer can ask of the widget; what a first paint does not need is in `acts.ts`. */
export function createCommands(given: CommandOptions): Commands {
  const { stores, session } = given
  const player = () => session.now()?.run.player()
  const shop = () => session.now()?.shop
  const later = <R>(act: (acts: typeof import('./acts.ts')) => R | Promise<R>) =>
    import('./acts.ts').then(act, () => ({ ok: false, reason: 'offline' }) as const)
  const acted =
    <A extends unknown[], R>(act: (...args: A) => R) =>
    (...args: A): R => {
      session.act()
      return act(...args)
    }
  return {
    open: () => show(given, 'full'),
    minimise: acted(() => show(given, 'mini')),
    close: acted(() => close(given)),
    showSheet: acted((sheet: Sheet) => showSheet(given, sheet)),
    add: async (...wish) => shop()?.add(...wish) ?? UNREACHABLE,
    setQuantity: async (...wish) => shop()?.setQuantity(...wish) ?? UNREACHABLE,
    applyVoucher: async (code) => shop()?.applyVoucher(code) ?? UNREACHABLE,
    checkout: () => later(({ checkout }) => checkout(given)),
    visit: (productId) => later(({ visit }) => visit(given, productId)),
    request: (...form) => later(({ request }) => request(given, ...form)),
    send(...wish) {
      // Of the click, not of when the code for it is there: a first tap is judged by it.
      const moment = session.now()?.run.pictureTime()
      return later(({ send }) => send(given, ...wish, { moment }))
    },
    keep: (mine) => stores.$mine.set({ ...stores.$mine.get(), ...mine }),
    draft: (name, value) => stores.$drafts.set({ ...stores.$drafts.get(), [name]: value }),
    say: (...words) => later(({ say }) => say(given, ...words)),
    resay: (key) => later(({ resay }) => resay(given, key)),
    unsay: (key) => later(({ unsay }) => unsay(given, key)),
    ask: (question) => later(({ ask }) => ask(given, question)),
    dismissNotice: () => stores.$notice.set(null),
    play: acted(() => session.now()?.run.play()),
    pause: acted(() => player()?.pause()),
    seek: (position) => player()?.seek(position),
    seekToDate: (date) => player()?.seekToDate(date),
    goLive: () => player()?.goLive(),
    playClip: acted((from: number, until?: number) => session.now()?.run.clip(from, until)),
    remind: () => void later(({ remind }) => remind(given)),
    setMuted: acted((muted: boolean) => {
      const made = player()
      // The player begins with what is chosen before it is there.
      if (made) made.setMuted(muted)
      else stores.$playback.set({ ...stores.$playback.get(), muted })
    }),
    setCaptions: (on) => player()?.setCaptions(on),
    setRate: (rate) => player()?.setRate(rate),
    retry() {
      const { phase } = stores.$playback.get()
      const made = player()
      const isPicture = stores.$status.get() !== 'ended' && (phase === 'away' || phase === 'failed')
      if (!isPicture) session.restart()
      else if (made) made.retry()
      else session.now()?.run.play()
    },
  }
}

function show({ stores, session, announcer }: CommandOptions, view: 'full' | 'mini'): void {
  const before = stores.$view.get()
  if (before === view) return
  stores.$view.set(view)
  if (view === 'mini') stores.$sheet.set(null)
  if (before === 'closed') {
    stores.$notice.set(null)
    session.start()
  }
  announcer.tell(view === 'mini' ? 'player-minimised' : 'player-opened', session.moment())
}

/** Ends the show: as the page wants it; what the viewer asks for is `commands.close`. */
export function close({ stores, session, announcer, options }: CommandOptions): void {
  if (stores.$view.get() === 'closed') return
  announcer.tell('player-closed', session.moment())
  stores.$view.set('closed')
  stores.$sheet.set(null)
  writeBookmark(null)
  // Where the page closed what nobody touched, nothing is kept.
  if (session.actedAt() && (options.open === 'live' || options.open === 'load')) rememberClosed(options.show)
}

function showSheet({ stores, session }: CommandOptions, sheet: Sheet): void {
  stores.$sheet.set(sheet)
  if (sheet?.name === 'product') session.now()?.goods.viewed(sheet.id)
}

import { safeUrl } from '../lib/safe-url.ts'
import { CastcartError } from '../model/error.ts'
import { inLocale } from '../model/local-text.ts'
import { isLocale, type Options, parseOptions } from '../model/options.ts'
import type { PublicEventName } from '../model/track.ts'
import { createState, type State } from '../state/create-state.ts'
import { packFor } from '../text/pack-for.ts'
import { createTranslate } from '../text/translate.ts'
import type { UiModel } from '../ui/context.ts'
import { createCommands } from './create-commands.ts'
import { mount } from './mount.tsx'
import { createAnnouncer, type Listener } from './public-events.ts'
import { readBookmark } from './resume.ts'
import { createSession, type Session } from './session.ts'

/** One live-shopping widget in a page. Its methods never throw. */
export interface Widget {
  /** The element it lives in; public events are dispatched from it as `castcart:<name>`. */
  readonly element: HTMLElement
  /** What is true now: nanostores to read, `get()` and `subscribe()`. */
  readonly state: State
  /** Shows the player over the page. Call it in a click's handler, so that the browser lets the video play with sound. */
  open(): void
  close(): void
  /** Goes on as a small player in the corner. */
  minimise(): void
  /** Loads what opening needs: for a page that knows the viewer is about to. Shows nothing. */
  preload(): void
  /** Hears a public event. Returns what stops it. */
  on<K extends PublicEventName>(name: K, listener: Listener<K>): () => void
  /** Takes everything away: element, listeners, connections. The widget is of no use afterwards. */
  destroy(): void
}

/**
 * Puts a live-shopping widget into the page. Nothing but its element is there, and nothing is requested, until it opens.
 * Never throws: wrong options are told in the console once and on screen, calmly.
 */
export function createWidget(input: unknown): Widget {
  const { options, error } = readOptions(input)
  const host = options.host ?? document.createElement('castcart-widget')
  if (!host.isConnected && !options.host) document.body.append(host)
  host.dataset.theme = options.theme ?? 'auto'
  host.dataset.position = options.position ?? 'bottom-end'
  host.dataset.mount = options.mount ?? 'launcher'

  const stores = createState()
  const ended = new AbortController()
  const locale = localeOf(options)
  const announcer = createAnnouncer(host, options.track ?? [])
  const session = createSession({ stores, options, locale, announcer, host, signal: ended.signal })
  const words = packFor(locale).then((pack) => createTranslate(pack, locale, options.text))
  const commands = createCommands({ stores, session, announcer, options })
  let unmount = () => {}
  words.then(
    (t) => {
      if (ended.signal.aborted) return
      const model = modelOf(session, { state: stores, commands, locale, t })
      const onCrash = (cause: unknown) => {
        session.report(new CastcartError('broken', 'the interface threw and was closed', cause))
        commands.close()
      }
      unmount = mount(host, model, { nonce: options.nonce, onCrash })
    },
    (cause) => session.fail(new CastcartError('no-chunk', 'the words could not be loaded', cause)),
  )
  if (error) session.fail(error)
  else begin(session, options, commands.open)

  return {
    element: host,
    state: stores,
    open: commands.open,
    close: commands.close,
    minimise: commands.minimise,
    preload: session.preload,
    on: announcer.on,
    destroy() {
      if (ended.signal.aborted) return
      ended.abort()
      unmount()
      if (!options.host || host.localName === 'castcart-widget') host.remove()
    },
  }
}

/** Opens by itself where the page or the viewer's last page asked for it. */
function begin(session: Session, options: Options, open: () => void): void {
  const bookmark = typeof options.show === 'string' ? readBookmark(options.show) : null
  if (bookmark) session.resume(bookmark)
  else if (options.open === 'load' || options.mount === 'inline') open()
  else if (options.open === 'live') session.openWhenLive(open)
}

function readOptions(input: unknown): { options: Options; error?: CastcartError } {
  try {
    return { options: parseOptions(input) }
  } catch (cause) {
    const error =
      cause instanceof CastcartError ? cause : new CastcartError('bad-options', 'options could not be read', cause)
    const host =
      typeof input === 'object' && input && 'host' in input && input.host instanceof HTMLElement
        ? input.host
        : undefined
    return { options: { show: '', host }, error }
  }
}

function localeOf({ locale }: Options): string {
  const wanted = [locale, document.documentElement.lang, navigator.language, 'en']
  return wanted.find((tag) => tag && isLocale(tag)) ?? 'en'
}

function modelOf(session: Session, given: Pick<UiModel, 'state' | 'commands' | 'locale' | 't'>): UiModel {
  return {
    ...given,
    video: session.video,
    say: (text) => inLocale(text, given.locale),
    url: (address) => safeUrl(address, session.base()),
  }
}

import { safeUrl } from '../lib/safe-url.ts'
import { CastcartError } from '../model/error.ts'
import { inLocale } from '../model/local-text.ts'
import { isLocale, type Options, parseOptions } from '../model/options.ts'
import type { PublicEventName } from '../model/track.ts'
import { createState, type State } from '../state/create-state.ts'
import { firstWords } from '../text/first-words.ts'
import { packFor } from '../text/pack-for.ts'
import { createTranslate } from '../text/translate.ts'
import type { ShellModel } from '../ui/context.ts'
import { close, createCommands } from './create-commands.ts'
import { mount } from './mount.ts'
import { createAnnouncer, type Listener } from './public-events.ts'
import { readBookmark, wasClosed, writeBookmark } from './resume.ts'
import { asError, createSession, type Session } from './session.ts'

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
  /** Takes everything away: element, listeners, connections, what lets the show follow to the next page. The widget is of no use afterwards. */
  destroy(): void
}

/**
 * Puts a live-shopping widget into the page. Nothing but its element is there, and nothing is requested, until it opens.
 * Never throws: wrong options are told in the console once and on screen, calmly.
 */
export function createWidget(options: Options): Widget {
  return widgetFrom(options)
}

/** `createWidget` of what nobody has looked at yet: a tag's or an element's attributes, a page's script. */
export function widgetFrom(input: unknown): Widget {
  const { options, error } = readOptions(input)
  const ended = new AbortController()
  const host = options.host ?? document.createElement('castcart-widget')
  if (!options.host) place(host, ended.signal)
  host.dataset.theme = options.theme ?? 'auto'
  host.dataset.position = options.position ?? 'bottom-end'
  host.dataset.mount = options.mount ?? 'launcher'

  const stores = createState()
  const locale = localeOf(options)
  const announcer = createAnnouncer(host, options.track ? () => openSinks(options, ended.signal) : undefined)
  const session = createSession({ stores, options, locale, announcer, host, signal: ended.signal })
  const open = () => {
    session.act()
    commands.open()
  }
  const packs: Readonly<Record<string, string>>[] = []
  const learn = async () => {
    packs[0] = await packFor(language)
  }
  let language = locale
  const words = firstWords(locale)
    .catch(() => firstWords(locale))
    .catch(() => {
      // A player in English is better than none; the browser tells of the file that did not come.
      language = 'en'
      return firstWords(language)
    })
    .then((first) => {
      packs[0] = first
      return createTranslate(packs, language, options.text)
    })
  const given = { stores, session, announcer, options, locale }
  const commands = createCommands(given)
  let unmount = () => {}
  Promise.all([words, whenBody(ended.signal)])
    .then(([t]) => {
      if (ended.signal.aborted) return
      const model = modelOf(session, { state: stores, commands: { ...commands, open }, locale, t, learn })
      const onCrash = (cause: unknown) => {
        session.report(new CastcartError('broken', 'the interface threw and was closed', cause))
        close(given)
      }
      unmount = mount(host, model, { nonce: options.nonce, onCrash })
    })
    .catch((cause) => session.fail(new CastcartError('no-chunk', 'the interface could not be drawn', cause)))
  if (!error) listenToOpeners(host, options, { open, session, signal: ended.signal })
  if (error) session.fail(error)
  else begin(session, options, commands.open)

  return {
    element: host,
    state: stores,
    open,
    close: () => close(given),
    minimise: commands.minimise,
    preload() {
      session.preload()
      // What is wrong with these is told when they are needed.
      Promise.allSettled([import('../ui/inside.tsx'), learn()])
    },
    on: announcer.on,
    destroy() {
      if (ended.signal.aborted) return
      ended.abort()
      if (bookmarkOf(options)) writeBookmark(null)
      unmount()
      if (!options.host || host.localName === 'castcart-widget') host.remove()
    },
  }
}

/** Only a page with sinks loads what tells them. */
const openSinks = async (options: Options, signal: AbortSignal) =>
  (await import('../track/open-sinks.ts')).openSinks(options, signal)

/** A dialog can be shown only in a document: a script that runs before there is a body waits for it. */
const whenBody = (signal: AbortSignal) =>
  document.body ?? new Promise((resolve) => addEventListener('DOMContentLoaded', resolve, { once: true, signal }))

/** Puts the element at the end of the body, as soon as there is one. */
function place(host: HTMLElement, signal: AbortSignal): void {
  if (document.body) document.body.append(host)
  else addEventListener('DOMContentLoaded', () => document.body.append(host), { once: true, signal })
}

/** Elements of the page that open the player: `mount` is their selector. The script tag hears them itself, before the app is there. */
function listenToOpeners(
  host: HTMLElement,
  { mount = 'launcher' }: Options,
  { open, session, signal }: { open: () => void; session: Session; signal: AbortSignal },
): void {
  if (mount === 'launcher' || mount === 'inline' || host.shadowRoot?.firstChild) return
  try {
    host.matches(mount)
  } catch (cause) {
    session.fail(new CastcartError('bad-options', `options.mount: found "${mount}", expected a CSS selector`, cause))
    return
  }
  const hear = (event: Event) => {
    if (!(event.target instanceof Element) || !event.target.closest(mount)) return
    event.preventDefault()
    open()
  }
  document.addEventListener('click', hear, { signal })
}

/** Where this show was when it was last seen in this tab. */
const bookmarkOf = ({ show }: Options) => (typeof show === 'string' ? readBookmark(show) : null)

/** Opens by itself where the page, a link to a moment or the viewer's last page asked for it. */
function begin(session: Session, options: Options, open: () => void): void {
  const bookmark = bookmarkOf(options)
  const isLinked = location.search.includes('castcart=')
  if (isLinked) session.openWhenMeant(open, bookmark)
  else if (bookmark) session.resume(bookmark)
  else if (wasClosed(options.show)) return
  else if (options.open === 'live') session.openWhenMeant(open)
  else if (options.open === 'load') open()
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

function modelOf(
  session: Session,
  given: Pick<ShellModel, 'state' | 'commands' | 'locale' | 't' | 'learn'>,
): ShellModel {
  return {
    ...given,
    video: session.video,
    onLost: (cause) => session.report(asError(cause)),
    say: (text) => inLocale(text, given.locale),
    url: (address) => safeUrl(address, session.base()),
  }
}

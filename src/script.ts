import type { PageApi, TagApi } from './page-api.ts'
import type { Widget } from './widget/create-widget.ts'

/** Address of the app beside this script, set by the build; empty where the app is in this very file. */
declare const __CASTCART_APP__: string

/** What a function pushed on `window.castcart` gets: the widget of the page's first tag. */
export interface TagWidget {
  /** Loads the app and opens. A `close` that comes before the app does takes it back. */
  open(): void
  close(): void
  /** Hears a public event; loads nothing. Returns what stops it. */
  on(name: string, listener: (payload: unknown) => void): () => void
  /** Loads the app when asked for; rejects where it cannot be had, and may be asked again. */
  readonly ready: Promise<PageApi>
}

/** `window.castcart`. A function pushed is called with the tag's widget, an object is merged into the options. */
export interface PageQueue extends Partial<TagWidget> {
  push(item: ((widget: TagWidget) => void) | Record<string, unknown>): unknown
}

/** What the loader itself reads of a tag; the rest goes to the app as it is. */
type Settings = Partial<Record<'show' | 'mount' | 'position' | 'open' | 'locale', string>>
/** The loader's own queue also takes the tag of a further script. */
type Item = ((widget: TagWidget) => void) | HTMLElement | { readonly dataset?: undefined }
type App = { pageApi(): TagApi }

const warn = (what: unknown) => console.warn('[castcart]', what)

/** What goes wrong in here is said in the console and stays in here. */
function guard(work: () => unknown): void {
  try {
    work()
  } catch (error) {
    warn(error)
  }
}

/**
 * Loads the app when first asked. What fails is tried once more, as one file that needs no other, at an address not yet
 * asked for; when that fails too, the next one who asks begins anew.
 */
function appLoader(base: string): () => Promise<TagApi> {
  let api: Promise<TagApi> | undefined
  const load = (file: string): Promise<App> => import(`${new URL(file, base)}`)
  const begin = () =>
    __CASTCART_APP__
      ? load(__CASTCART_APP__).catch(() => load(`app/whole.js?${Math.random()}`))
      : import('./page-api.ts')
  return () => {
    api ??= begin().then((app) => app.pageApi())
    api.catch(() => {
      api = undefined
    })
    return api
  }
}

/** Brings one tag to life: nothing but the launcher is there before the viewer shows interest. */
function startTag(tag: HTMLElement, options: () => Settings, api: () => Promise<TagApi>) {
  const { mount = 'launcher', position = 'bottom-end', open: opens = '', locale } = options()
  const isRussian = /^ru/.test(locale || document.documentElement.lang || navigator.language)
  const host = document.createElement('castcart-widget')
  const launcher = document.createElement('button')
  const { style } = launcher
  const name = () => {
    launcher.textContent = isRussian ? 'Смотреть эфир' : 'Watch & shop'
  }
  let widget: Widget | undefined
  // The launcher is dim for as long as the viewer waits for it to open.
  const make = async (isHint?: boolean) => {
    try {
      widget = (await api()).widget(host, options(), isHint)
      if (style.opacity) widget?.open()
    } catch (error) {
      if (style.opacity) {
        launcher.textContent = isRussian ? 'Ещё раз' : 'Try again'
        style.display = ''
      }
      if (!isHint) warn(error)
    }
    style.opacity = ''
  }
  const open = () => {
    name()
    style.opacity = '.7'
    make()
  }
  const close = () => {
    style.opacity = ''
    widget?.close()
  }
  const listen = (target: EventTarget, selector?: string) => {
    for (const type of ['pointerover', 'focusin', 'keydown', 'click']) {
      target.addEventListener(
        type,
        (event) => {
          if (selector && !(host.isConnected && (event.target as Partial<Element>).closest?.(selector))) return
          if ((event as KeyboardEvent).key === 'Escape') close()
          else if (type !== 'click') make(true)
          else {
            event.preventDefault()
            open()
          }
        },
        true,
      )
    }
  }
  name()
  launcher.ariaLive = 'polite'
  launcher.part = 'launcher'
  // Set through the object model, which a strict CSP allows; the shadow root keeps the page's own styles out.
  style.cssText = `position:${mount === 'inline' ? 'static' : 'fixed'};z-index:999999999;bottom:16px;inset-inline-${position.slice(7)}:16px;padding:16px 24px 16px 48px;border:0;border-radius:99px;box-shadow:0 9px 40px #0005;font:600 15px system-ui;color:#fff;background:conic-gradient(from 240deg at 100%,#fff 60deg,#0000 0)22px/14px 16px no-repeat,var(--castcart-accent,#cf300c)`
  host.attachShadow({ mode: 'open' }).append(launcher)
  listen(launcher)
  if (mount !== 'launcher' && mount !== 'inline') {
    // A wrong selector throws here, once, and not at every click.
    host.matches(mount)
    style.display = 'none'
    listen(window, mount)
  }
  try {
    if (/^l|castcart=/.test(opens + location.search) || sessionStorage.castcart) make()
  } catch {}
  return {
    /** Puts the element in the page, as soon as there is a body; where it is already, it warns. */
    place() {
      if (host.isConnected) warn('two tags')
      else if (!document.body) addEventListener('DOMContentLoaded', this.place)
      else if (mount === 'inline') tag.after(host)
      else document.body.append(host)
    },
    open,
    close,
    on(name: string, listener: (payload: unknown) => void) {
      const hear = (event: Event) => listener((event as CustomEvent).detail)
      host.addEventListener(`castcart:${name}`, hear)
      return () => host.removeEventListener(`castcart:${name}`, hear)
    },
    get ready() {
      return api()
    },
  }
}

/** Serves this tag, and those that come after it, on the page's one global. */
function serve(first: HTMLScriptElement): unknown {
  const global = window as { castcart?: unknown }
  const before = global.castcart as { open?: unknown; push(item: Item): unknown } | undefined
  const queue: Item[] = Array.isArray(before) ? before : []
  // An earlier script is at work: it serves this tag too.
  if (before?.open) return before.push(first)

  const pushed = Object.assign({}, ...queue)
  const api = appLoader(first.src)
  const tags: Record<string, ReturnType<typeof startTag>> = {}
  const start = (tag: HTMLElement) => {
    const { show } = tag.dataset as { show: string }
    tags[show] ??= startTag(tag, () => ({ ...tag.dataset, ...pushed }), api)
    const started = tags[show]
    started.place()
    return started
  }
  const widget = start(first)
  const push = (item: Item) =>
    guard(() => {
      if (typeof item === 'function') item(widget)
      else if (item.dataset) start(item)
      else Object.assign(pushed, item)
    })
  global.castcart = Object.assign(widget, { push })
  return queue.map(push)
}

if (globalThis.document)
  guard(() => serve(Reflect.get(Document.prototype, 'currentScript', document) as HTMLScriptElement))

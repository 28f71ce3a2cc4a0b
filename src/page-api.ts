import { createWidget, type Widget } from './widget/create-widget.ts'

/** What `await castcart.ready` gives: the whole API. */
export interface PageApi {
  createWidget(options: unknown): Widget
  /** The widgets that are in the page now, oldest first. */
  widgets(): readonly Widget[]
}

/** What the loader asks of the app beside. */
export interface TagApi extends PageApi {
  /**
   * The widget of a tag's element, made when first asked for. A hint that the viewer is about to open makes and
   * preloads it only while the launcher may be replaced unnoticed: under a hovering mouse, not pressed, not focused.
   */
  widgetOf(host: HTMLElement, options: object, isHint?: boolean): Widget | undefined
}

/** The API of one page; its list of widgets begins empty. */
export function pageApi(): TagApi {
  const made: Widget[] = []
  const make = (options: unknown): Widget => {
    const widget = createWidget(options)
    made.push(widget)
    return widget
  }
  return {
    createWidget: make,
    widgets: () => made.filter(({ element }) => element.isConnected),
    widgetOf(host, options, isHint) {
      const known = made.find(({ element }) => element === host)
      if (known || (isHint && !mayReplaceLauncher(host))) return known
      const hadFocus = document.activeElement === host
      launcherOf(host)?.remove()
      const widget = make({ ...options, host })
      if (hadFocus) launcherOf(host)?.focus()
      if (isHint) widget.preload()
      return widget
    },
  }
}

/** A press or a focus that began on one element is lost when another takes its place. */
function mayReplaceLauncher(host: HTMLElement): boolean {
  const launcher = launcherOf(host)
  return !launcher || launcher.matches(':hover:not(:active, :focus)')
}

const launcherOf = (host: HTMLElement) => host.shadowRoot?.querySelector('button')

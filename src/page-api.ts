import type { Options } from './model/options.ts'
import { type Widget, widgetFrom } from './widget/create-widget.ts'

/** What `await castcart.ready` gives: the whole API. */
export interface PageApi {
  createWidget(options: Options): Widget
  /** The widgets that are in the page now, oldest first. */
  widgets(): readonly Widget[]
}

/** What the loader asks of the app beside. */
export interface TagApi extends PageApi {
  /** The widget of a tag's element, made when first asked for; a hint that the viewer is about to open it preloads. */
  widget(host: HTMLElement, options: object, isHint?: boolean): Widget
}

/** The API of one page; its list of widgets begins empty. */
export function pageApi(): TagApi {
  const made = new Set<Widget>()
  const ofTags = new WeakMap<HTMLElement, Widget>()
  const make = (options: unknown): Widget => {
    const inner = widgetFrom(options)
    const widget = {
      ...inner,
      destroy() {
        inner.destroy()
        made.delete(widget)
        // A tag that is put in again begins anew.
        if (ofTags.get(inner.element) === widget) ofTags.delete(inner.element)
      },
    }
    made.add(widget)
    return widget
  }
  return {
    createWidget: make,
    widgets: () => [...made].filter(({ element }) => element.isConnected),
    widget(host, options, isHint) {
      const widget = ofTags.get(host) ?? make({ ...options, host })
      ofTags.set(host, widget)
      if (isHint) widget.preload()
      return widget
    },
  }
}

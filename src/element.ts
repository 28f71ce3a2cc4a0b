import { type Widget, widgetFrom } from './widget/create-widget.ts'
import { readBookmark, writeBookmark } from './widget/resume.ts'

const NAME = 'cast-cart'

/** Attributes of `<cast-cart>`: those of the script tag without `data-`. */
export const CAST_CART_ATTRIBUTES = [
  'show',
  'cart',
  'events',
  'adapter',
  'map',
  'mount',
  'open',
  'partner',
  'locale',
  'theme',
  'position',
  'consent',
  'track',
  'checkout',
  'nonce',
] as const

/** `<cast-cart>`. */
export interface CastCartElement extends HTMLElement {
  /** The widget while the element is in the page; `null` before and after. */
  readonly widget: Widget | null
  /** What attributes cannot say (functions, objects), over what they say. Set anew, the widget is made anew. */
  options: Record<string, unknown>
}

declare global {
  interface HTMLElementTagNameMap {
    'cast-cart': CastCartElement
  }
}

/** Defined in a function: on a server there is no HTMLElement to extend. */
function define(): void {
  class CastCart extends HTMLElement implements CastCartElement {
    static readonly observedAttributes = CAST_CART_ATTRIBUTES
    #widget: Widget | null = null
    #options: Record<string, unknown> = {}
    #isStale = false
    #isAwaited = false

    get widget(): Widget | null {
      return this.#widget
    }

    get options(): Record<string, unknown> {
      return this.#options
    }

    set options(options) {
      this.#options = options
      this.attributeChangedCallback()
    }

    connectedCallback(): void {
      this.#settleSoon()
    }

    disconnectedCallback(): void {
      this.#settleSoon()
    }

    attributeChangedCallback(): void {
      this.#isStale = true
      this.#settleSoon()
    }

    /** Once per task: an element that is moved leaves and comes back in one, and its widget lives on. */
    #settleSoon(): void {
      if (this.#isAwaited) return
      this.#isAwaited = true
      queueMicrotask(() => {
        this.#isAwaited = false
        this.#settle()
      })
    }

    #settle(): void {
      if (this.#widget && this.isConnected && !this.#isStale) return
      const said = CAST_CART_ATTRIBUTES.map((name) => [name, this.getAttribute(name)] as const)
      const attributes = Object.fromEntries(said.filter(([, value]) => value !== null))
      const given: Record<string, unknown> = { ...attributes, ...this.#options, host: this }
      const bookmark = readBookmark(`${given.show}`)
      this.#widget?.destroy()
      this.#widget = null
      if (!this.isConnected) return
      this.#isStale = false
      // What is only made anew goes on where it was.
      if (bookmark) writeBookmark(bookmark)
      this.#widget = widgetFrom(given)
    }
  }
  customElements.define(NAME, CastCart)
}

if (typeof customElements !== 'undefined' && !customElements.get(NAME)) define()

import * as z from 'zod/mini'
import type { EventAdapter } from './adapter.ts'
import type { CartBridge } from './cart.ts'
import type { ConsentSource } from './consent.ts'
import { address } from './field.ts'
import { parse, type Schema } from './parse.ts'
import type { Show } from './show.ts'
import type { TrackSink } from './track.ts'

export type Position = 'bottom-end' | 'bottom-start'

/** A bridge by name with what it needs to know, such as the address of the store's API; the fields are the bridge's own. */
export interface BridgeConfig {
  readonly bridge: string
  /** Only a bridge itself has this. */
  readonly add?: never
  readonly [field: string]: unknown
}

/** Options of a widget: of `createWidget`, of the tag's `data-*` and of `<cast-cart>`'s attributes alike. */
export interface Options {
  /** Address of the show document, `#id` of a JSON script in the page, or the document itself. */
  readonly show: string | Show | Record<string, unknown>
  /**
   * A bridge, the name of one, or its name and settings (as an object, or as JSON text in an attribute). Absent: `auto`, which
   * recognises the platform from the page.
   */
  readonly cart?: string | CartBridge | BridgeConfig | undefined
  /** Address of the event source, over the show's own. */
  readonly events?: string | undefined
  /** An adapter, or the name of one. Absent: by the address. */
  readonly adapter?: string | EventAdapter | undefined
  /**
   * How a foreign back end's messages become events: a function, whose events are viewers' unless it marks them (`host(event)`), or a template
   * (docs/adapters.md), as JSON text in an attribute. Absent: the show's own.
   */
  readonly map?:
    | string
    | Record<string, unknown>
    | ((message: unknown, host: <T extends object>(event: T) => T) => unknown)
    | undefined
  /** The page's own client object (or a function that gives it) for an adapter that works over one: `nats`, `mqtt`, `socketio` and the like. */
  readonly client?: object | undefined
  /** `launcher`, `inline`, or a selector of elements that open it. Absent: `launcher`. */
  readonly mount?: string | undefined
  /** When it opens by itself. Absent: `click`. */
  readonly open?: 'click' | 'live' | 'load' | undefined
  /**
   * Where the store's checkout opens: in the same tab, where the show goes on small if that page has the tag too, or in a new one, where the
   * bridge knows its address. Absent: `same`.
   */
  readonly checkout?: 'same' | 'new' | undefined
  readonly partner?: string | undefined
  /** BCP 47. Absent: the page's `lang`, else the browser's. */
  readonly locale?: string | undefined
  /** `light`, `dark` or `auto`. Absent: `auto`. */
  readonly theme?: 'light' | 'dark' | 'auto' | undefined
  readonly position?: Position | undefined
  /** What the viewer agreed to: nothing, everything, what Shopify's banner says, or what the page's own function tells. Absent: `none`. */
  readonly consent?: 'none' | 'granted' | 'shopify' | ConsentSource | undefined
  readonly nonce?: string | undefined
  /** Words to say otherwise, by text key. */
  readonly text?: Record<string, string> | undefined
  /** Who is told of public events: sinks, or their names (`ga4`, `meta`, `metrica`; in an attribute with spaces between). */
  readonly track?: string | readonly (TrackSink | string)[] | undefined
  /** A token for the event source, asked for before each connection that needs one. */
  readonly getToken?: (() => Promise<string>) | undefined
  /** A fresh address of the stream after the old one expired. */
  readonly freshSource?: (() => Promise<string>) | undefined
  /** The signed-in customer's name for the chat; absent: a guest. */
  readonly viewerName?: string | undefined
  /** Element to live in. Absent: one at the end of the body. */
  readonly host?: HTMLElement | undefined
}

const isFunction = (value: unknown) => typeof value === 'function'
const fn = z.custom<() => Promise<string>>(isFunction, 'a function')
const hasMethod = (name: string) => (value: unknown) =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'function'

const optionsSchema: Schema<Options> = z.object({
  show: z.union([address, z.record(z.string(), z.unknown())]),
  cart: z.optional(
    z.union([
      z.string(),
      z.custom<CartBridge | BridgeConfig>(
        (value) => hasMethod('add')(value) || typeof (value as Partial<BridgeConfig> | null)?.bridge === 'string',
        'a bridge with an add method, or { bridge: its name, … }',
      ),
    ]),
  ),
  events: z.optional(address),
  adapter: z.optional(
    z.union([z.string(), z.custom<EventAdapter>(hasMethod('connect'), 'an adapter with a connect method')]),
  ),
  map: z.optional(
    z.custom<Options['map'] & {}>(
      (value) => /string|object|function/.test(typeof value) && !!value,
      'a function or a template',
    ),
  ),
  client: z.optional(
    z.custom<object>((value) => /object|function/.test(typeof value) && value !== null, 'the client object itself'),
  ),
  mount: z.optional(z.string()),
  open: z.optional(z.enum(['click', 'live', 'load'])),
  checkout: z.optional(z.enum(['same', 'new'])),
  partner: z.optional(z.string().check(z.maxLength(200))),
  locale: z.optional(z.string().check(z.refine(isLocale, 'a BCP 47 language tag such as en or pt-BR'))),
  theme: z.optional(z.enum(['light', 'dark', 'auto'])),
  position: z.optional(z.enum(['bottom-end', 'bottom-start'])),
  consent: z.optional(
    z.union([
      z.enum(['none', 'granted', 'shopify']),
      z.custom<ConsentSource>(isFunction, 'a function that tells of consent'),
    ]),
  ),
  nonce: z.optional(z.string()),
  text: z.optional(z.record(z.string(), z.string())),
  track: z.optional(
    z.union([
      z.string(),
      z.array(z.union([z.string(), z.custom<TrackSink>(hasMethod('track'), 'a sink with a track method')])),
    ]),
  ),
  getToken: z.optional(fn),
  freshSource: z.optional(fn),
  viewerName: z.optional(z.string().check(z.maxLength(200))),
  host: z.optional(z.custom<HTMLElement>(hasMethod('attachShadow'), 'an element')),
})

/** True for a language tag that `Intl` takes (BCP 47). */
export function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0
  } catch {
    return false
  }
}

/** @throws CastcartError `bad-options`, naming the option, what was found and what is expected */
export const parseOptions = (input: unknown): Options => parse(optionsSchema, input, 'bad-options', 'options')

import { readJson } from '../lib/read-json.ts'
import type { AdapterContext, EventAdapter } from '../model/adapter.ts'
import { CastcartError } from '../model/error.ts'
import { type EventTemplate, prepareTemplate } from '../model/event-map.ts'

/**
 * Makes events of one foreign message, parsed where it was JSON: one, a list, or nothing. An event is a viewer's, and so can only be chat, a reaction
 * or a count, unless it is marked: `host(event)`. Mark only what viewers cannot publish, and never a message as it came.
 */
export type MapMessage = (message: unknown, host: <T extends object>(event: T) => T) => unknown

/** The log that host events without a place of their own are given one in. */
const EPOCH = 'mapped'
/** Ids kept to know a repetition. */
const MEMORY = 2000
/** Types that viewers cause: they are given no place. */
const LOOSE = /^(chat\.message|reaction\.batch|audience\.count)$/

/**
 * A foreign back end's messages as events. What the mapping leaves out is filled in: `v`, `at` (now, by this machine's clock), an `id` made of the
 * message, and, for host events, a place in a log of their own, in the order in which they come (what is in the stream: at the picture's time, and in its order).
 * A message that gives nothing is dropped; one that makes the function throw is counted. What a function does not mark as the host's, or a template
 * does not write out, loses its place, and is dropped above where only the host may say it.
 * @param how a function, a template (docs/adapters.md), or the JSON text of one
 * @throws CastcartError `bad-show` where the template is none
 */
export function map(adapter: EventAdapter, how: MapMessage | string | Readonly<Record<string, unknown>>): EventAdapter {
  const read = typeof how === 'function' ? how : prepareTemplate(typeof how === 'string' ? textOf(how) : how)
  const complete = createCompleter(adapter.anyOrder === true)
  /** A snapshot may come before there is anyone to tell. */
  const untold: string[] = []
  let tell: (problem: string) => void = (problem) => untold.push(problem)

  function turn(raw: readonly unknown[], now = Date.now()) {
    const marked = new WeakSet()
    const host = <T extends object>(event: T) => {
      if (Object(event) === event) marked.add(event)
      return event
    }
    return raw.flatMap((item) => {
      try {
        const events = eventsOf(item, (message) => read(message, host))
        return events.map((event) => complete(event, { now, isHosts: marked.has(event) }))
      } catch (cause) {
        tell(`map: ${cause}`)
        return []
      }
    })
  }
  return {
    name: adapter.name,
    actions: adapter.actions,
    recorded: adapter.recorded,
    anyOrder: adapter.anyOrder,
    readsCues: adapter.readsCues,
    beside: adapter.beside,
    connect(sink, context) {
      const events = (raw: readonly unknown[], token?: string) => {
        // What is in the stream happens when the picture is there.
        sink.events(turn(raw, (adapter.readsCues && context.picture?.()) || Date.now()), token)
      }
      tell = sink.problem
      for (const problem of untold.splice(0)) tell(problem)
      adapter.connect({ ...sink, events }, context)
    },
    ...(adapter.snapshot && {
      snapshot: async (context: AdapterContext) => mapPage(await adapter.snapshot?.(context), turn),
    }),
    ...(adapter.history && {
      history: async (range: Parameters<NonNullable<EventAdapter['history']>>[0], context: AdapterContext) =>
        mapPage(await adapter.history?.(range, context), turn),
    }),
    ...(adapter.send && {
      send: (action, context) => Promise.resolve(adapter.send?.(action, context)),
    }),
  }
}

function textOf(text: string): EventTemplate {
  const template = readJson(text)
  if (template === undefined) throw new CastcartError('bad-options', `map: found "${text.slice(0, 60)}", expected JSON`)
  return template
}

function mapPage(page: unknown, turn: (raw: readonly unknown[]) => readonly unknown[]): unknown {
  const { events } = Object(page) as { events?: unknown }
  return Array.isArray(events) ? { ...Object(page), events: turn(events) } : page
}

function eventsOf(item: unknown, read: (message: unknown) => unknown): readonly object[] {
  const made = read(typeof item === 'string' ? (readJson(item) ?? item) : item)
  const list = Array.isArray(made) ? made : [made]
  return list.filter((event) => typeof event === 'object' && event !== null)
}

/** Fills in what the mapping left out, the same for the same message. */
function createCompleter(byTime: boolean): (event: object, how: { now: number; isHosts: boolean }) => unknown {
  const places = new Map<string, number>()
  let last = 0
  let heard = 0

  function placeOf(id: string, at: number) {
    if (byTime) return at * 1000 + (hash(id) % 1000)
    const known = places.get(id)
    if (known !== undefined) return known
    if (places.size >= MEMORY) for (const [oldest] of places) if (places.delete(oldest)) break
    places.set(id, ++last)
    return last
  }

  return (event, { now, isHosts }) => {
    const given = event as Record<string, unknown>
    // A picture's time has fractions, and a place must not.
    const at = Math.floor(typeof given.at === 'number' ? given.at : now)
    const id =
      given.id === undefined ? `${hash(JSON.stringify(given)).toString(36)}-${given.at ?? ++heard}` : `${given.id}`
    if (!isHosts) return { v: 1, ...given, id, at, epoch: undefined, seq: undefined }
    const isPlaced = given.seq !== undefined || LOOSE.test(`${given.type}`)
    return { v: 1, ...given, id, at, ...(!isPlaced && { epoch: EPOCH, seq: placeOf(id, at) }) }
  }
}

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
function hash(text: string): number {
  let sum = 0x811c9dc5
  for (let index = 0; index < text.length; index++) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193)
  return sum >>> 0
}

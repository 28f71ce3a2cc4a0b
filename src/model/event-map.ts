import { readJson } from '../lib/read-json.ts'
import { CastcartError } from './error.ts'

/**
 * A template that makes a value of a foreign message (docs/adapters.md, *map*). A string that begins with `$` is a path, `{$.path}` within a string is
 * filled in, an object whose first key begins with `$` is an operator, all else is built as it stands.
 */
export type EventTemplate = unknown

/**
 * Applies a checked template: `$` is the message. What the message does not have is `undefined`, and left out of objects and lists.
 * @param mark is told of each event that is written out in the template, and of none that is taken whole from a message
 */
export type ApplyTemplate = (message: unknown, mark?: (event: object) => void) => unknown

type Operator = (given: Readonly<Record<string, ApplyTemplate>>) => ApplyTemplate

/** Deepest nesting of a template. */
const DEEPEST = 20
const PATH = /^\$(\.[\w-]+)*$/

/**
 * Checks a template once and makes it ready; never runs text.
 * @throws CastcartError `bad-show`, with the path in the template, what was found and what is expected
 */
export function prepareTemplate(template: EventTemplate, where = 'events.map'): ApplyTemplate {
  if (where.split(/[.[]/).length > DEEPEST) throw bad(where, 'a template within a template', 'fewer levels')
  if (typeof template === 'string') return prepareText(template, where)
  if (Array.isArray(template)) {
    const items = template.map((item, index) => prepareTemplate(item, `${where}[${index}]`))
    return (message, mark) => items.map((item) => item(message, mark)).filter((value) => value !== undefined)
  }
  if (typeof template !== 'object' || template === null) return () => template
  const [first = ''] = Object.keys(template)
  return first.startsWith('$') ? prepareOperator(first, template, where) : prepareObject(template, where)
}

function prepareText(text: string, where: string): ApplyTemplate {
  if (text.startsWith('$$')) return () => text.slice(1)
  if (text.startsWith('$')) {
    if (!PATH.test(text)) throw bad(where, `"${text}"`, 'a path such as $.user.name or $.items.0')
    return pathOf(text)
  }
  const parts = text.split(/\{(\$[^}]*)\}/).map((part, index) => {
    if (index % 2 && !PATH.test(part)) throw bad(where, `"{${part}}"`, 'a path such as {$.user.name}')
    return index % 2 ? pathOf(part) : () => part
  })
  return parts.length === 1 ? () => text : (message) => parts.map((part) => asText(part(message)) ?? '').join('')
}

/** Own properties alone. */
function pathOf(path: string): ApplyTemplate {
  const keys = path.split('.').slice(1)
  return (message) => {
    let value = message
    for (const key of keys) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
      value = Reflect.get(value, key)
    }
    return value ?? undefined
  }
}

function prepareObject(template: object, where: string): ApplyTemplate {
  const entries = Object.entries(template)
  const { type } = template as { type?: unknown }
  const isEvent = 'data' in template
  // A foreign message must not choose what it is: a chat line could then pin a product.
  if (isEvent && (typeof type !== 'string' || /\$/.test(type)))
    throw bad(`${where}.type`, JSON.stringify(type) ?? 'nothing', 'a type of event written out, such as "chat.message"')
  const fields = entries.map(([key, value]) => [key, prepareTemplate(value, `${where}.${key}`)] as const)
  return (message, mark) => {
    const given = fields.map(([key, give]) => [key, give(message)]).filter(([, value]) => value !== undefined)
    const made = Object.fromEntries(given)
    if (isEvent) mark?.(made)
    return made
  }
}

/** What an operator does with what its fields say; the field that names it has its main value. */
const OPERATORS = new Map<string, { readonly fields: readonly string[]; readonly make: Operator }>([
  ['$number', simple((value) => (typeof value === 'boolean' ? undefined : numberOf(value)))],
  ['$text', simple(asText)],
  ['$time', simple(timeOf)],
  ['$seconds', simple((value) => scaled(numberOf(value)))],
  ['$json', simple((value) => (typeof value === 'string' ? readJson(value) : value))],
  [
    '$first',
    {
      fields: [],
      make:
        ({ main }) =>
        (message, mark) =>
          listOf(main?.(message, mark)).find((value) => value !== undefined),
    },
  ],
  [
    '$each',
    {
      fields: ['give'],
      make:
        ({ main, give }) =>
        (message, mark) =>
          listOf(main?.(message)).flatMap((item) => give?.(item, mark) ?? []),
    },
  ],
])

function simple(turn: (value: unknown) => unknown): { fields: readonly string[]; make: Operator } {
  return {
    fields: [],
    make:
      ({ main }) =>
      (message) =>
        turn(main?.(message)),
  }
}

function prepareOperator(name: string, template: object, where: string): ApplyTemplate {
  if (name === '$switch') return prepareSwitch(template, where)
  const operator = OPERATORS.get(name)
  if (!operator) throw bad(where, `"${name}"`, ['$switch', ...OPERATORS.keys()].join(', '))
  const fields = [name, ...operator.fields]
  const wrong = Object.keys(template).find((key) => !fields.includes(key))
  if (wrong !== undefined) throw bad(`${where}.${wrong}`, 'a field', `nothing but ${fields.join(', ')}`)
  const given = fields.map((field) => {
    if (!Object.hasOwn(template, field)) throw bad(`${where}.${field}`, 'nothing', 'a template')
    return [
      field === name ? 'main' : field,
      prepareTemplate(Reflect.get(template, field), `${where}.${field}`),
    ] as const
  })
  return operator.make(Object.fromEntries(given))
}

/** `{ "$switch": value, "cases": { text: template }, "else": template }`; without a case or an `else`: nothing. */
function prepareSwitch(template: object, where: string): ApplyTemplate {
  const { $switch, cases, else: other } = template as Record<string, unknown>
  if (typeof cases !== 'object' || cases === null || Array.isArray(cases))
    throw bad(`${where}.cases`, 'nothing', 'an object of templates by text')
  const by = prepareTemplate($switch, `${where}.$switch`)
  const ready = new Map(
    Object.entries(cases).map(([text, value]) => [text, prepareTemplate(value, `${where}.cases.${text}`)]),
  )
  const otherwise = other === undefined ? undefined : prepareTemplate(other, `${where}.else`)
  return (message, mark) => (ready.get(asText(by(message)) ?? '') ?? otherwise)?.(message, mark)
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : /number|boolean/.test(typeof value) ? String(value) : undefined
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** Ms since 1970 of an ISO 8601 date; a number is ms already. */
function timeOf(value: unknown): number | undefined {
  const time = numberOf(value) ?? (typeof value === 'string' ? Date.parse(value) : Number.NaN)
  return Number.isNaN(time) ? undefined : Math.round(time)
}

const scaled = (seconds: number | undefined) => (seconds === undefined ? undefined : Math.round(seconds * 1000))

const bad = (where: string, found: string, expected: string) =>
  new CastcartError('bad-show', `${where}: found ${found}, expected ${expected}`)

import type * as z from 'zod/mini'
import { CastcartError, type ErrorCode } from './error.ts'

/** A check of outside data that yields `T`. The validator's own types stay inside `model/`. */
export type Schema<T> = z.ZodMiniType<T>

interface Issue {
  readonly code?: string
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly expected?: string
  readonly values?: readonly unknown[]
  readonly minimum?: number | bigint
  readonly maximum?: number | bigint
  readonly errors?: readonly (readonly Issue[])[]
}

/**
 * Checks outside data once, at the door.
 * @param where what the data is called in the message, e.g. `show`
 * @throws CastcartError with `code`; its message names the path, what was found and what is expected
 */
export function parse<T>(schema: Schema<T>, input: unknown, code: ErrorCode, where: string): T {
  const result = check(schema, input)
  if (result.ok) return result.value
  throw new CastcartError(code, `${where}${result.problem}`, result.cause)
}

/** The outcome of {@link check}: the value, or one problem in words (path, found, expected). */
export type Checked<T> = { ok: true; value: T } | { ok: false; problem: string; cause?: unknown }

/** Like {@link parse}, as a value. Never throws: a validator broken by a polluted page counts as a problem. */
export function check<T>(schema: Schema<T>, input: unknown): Checked<T> {
  try {
    const result = schema.safeParse(input)
    if (result.success) return { ok: true, value: result.data }
    return { ok: false, problem: describe(deepest(result.error.issues[0] as Issue | undefined), input) }
  } catch (cause) {
    return { ok: false, problem: ': this page changes Object.prototype so that data cannot be checked', cause }
  }
}

/** In a union, the branch that got furthest says most; then one that has words of its own. */
function deepest(issue: Issue | undefined): Issue {
  if (!issue) return { path: [], message: 'valid data' }
  let best: Issue | undefined
  for (const branch of issue.errors ?? []) {
    const inner = deepest(branch[0])
    const says = inner.path.length || inner.code === 'custom'
    if (says && inner.path.length >= (best?.path.length ?? 0)) best = inner
  }
  return best ? { ...best, path: [...issue.path, ...best.path] } : issue
}

function describe(issue: Issue, input: unknown): string {
  let found = input
  let path = ''
  for (const key of issue.path) {
    path += typeof key === 'number' ? `[${key}]` : `.${String(key)}`
    found = typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined
  }
  return `${path}: found ${show(found)}, expected ${expectation(issue)}`
}

function expectation({ code, expected, values, minimum, maximum, message }: Issue): string {
  if (values) return values.map(show).join(' or ')
  if (minimum !== undefined) return `at least ${minimum}`
  if (maximum !== undefined) return `at most ${maximum}`
  if (code === 'invalid_type' && expected) return `${expected}`
  return message === 'Invalid input' ? 'another type' : message
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text =
    typeof value === 'string'
      ? `"${value}"`
      : Array.isArray(value)
        ? 'a list'
        : typeof value === 'object' && value
          ? 'an object'
          : String(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

/**
 * The dozen functions of `zod/mini` that `model/` calls, for the script tag's bundle: the build puts this file in zod's
 * place there (4,560 bytes of the overlay's 18,000 are zod's core). A test holds the two to the same answers and the same first issue.
 * Two things are better here: own properties alone are read, and no page that changes `Object.prototype` can break it.
 */

interface Issue {
  readonly code: string
  readonly path: readonly PropertyKey[]
  readonly message: string
  /** A failed check on a value of the right type: a union still counts its branch as the one that was meant. */
  readonly soft?: true
  readonly [detail: string]: unknown
}

type Read = (input: unknown, fail: (issue: Partial<Issue>) => void) => unknown
type Check = (value: unknown) => Partial<Issue> | undefined

interface Lite {
  readonly read: Read
  readonly isOptional: boolean
  check(...checks: Check[]): Lite
  safeParse(input: unknown): { success: true; data: unknown } | { success: false; error: { issues: Issue[] } }
}

function schema(base: Read, isOptional = false, checks: readonly Check[] = []): Lite {
  const read: Read = (input, fail) => {
    let isHard = false
    const value = base(input, (issue) => {
      isHard ||= !issue.soft
      fail(issue)
    })
    for (const check of isHard ? [] : checks) {
      const issue = check(value)
      if (issue) fail({ ...issue, soft: true })
    }
    return value
  }
  return {
    read,
    isOptional,
    check: (...more) => schema(base, isOptional, [...checks, ...more]),
    safeParse(input) {
      const issues: Issue[] = []
      const data = read(input, (issue) => issues.push({ code: 'custom', path: [], message: 'Invalid input', ...issue }))
      return issues.length ? { success: false, error: { issues } } : { success: true, data }
    },
  }
}

const expect = (expected: string, holds: (input: unknown) => boolean): Lite =>
  schema((input, fail) => (holds(input) ? input : fail({ code: 'invalid_type', expected })))

const isRecord = (input: unknown): input is Record<string, unknown> =>
  typeof input === 'object' && input !== null && !Array.isArray(input)

const below =
  (key: PropertyKey, fail: (issue: Partial<Issue>) => void) =>
  (issue: Partial<Issue>): void =>
    fail({ ...issue, path: [key, ...(issue.path ?? [])] })

export const string = (): Lite => expect('string', (input) => typeof input === 'string')
export const number = (): Lite => expect('number', Number.isFinite)
export const boolean = (): Lite => expect('boolean', (input) => typeof input === 'boolean')
export const unknown = (): Lite => schema((input) => input)
export const optional = ({ read }: Lite): Lite =>
  schema((input, fail) => (input === undefined ? input : read(input, fail)), true)

const oneOf = (values: readonly unknown[]): Lite =>
  schema((input, fail) => (values.includes(input) ? input : fail({ code: 'invalid_value', values })))
export const literal = (value: unknown): Lite => oneOf([value])
export { oneOf as enum }

export const custom = (holds: (input: unknown) => boolean, message: string): Lite =>
  schema((input, fail) => (holds(input) ? input : fail({ message })))
export const refine =
  (holds: (input: never) => boolean, message: string): Check =>
  (value) =>
    holds(value as never) ? undefined : { message }
export const minLength =
  (minimum: number): Check =>
  (value) =>
    (value as string).length < minimum ? { code: 'too_small', minimum } : undefined
export const maxLength =
  (maximum: number): Check =>
  (value) =>
    (value as string).length > maximum ? { code: 'too_big', maximum } : undefined

export const array = ({ read }: Lite): Lite =>
  schema((input, fail) =>
    Array.isArray(input)
      ? Array.from(input, (item, index) => read(item, below(index, fail)))
      : fail({ code: 'invalid_type', expected: 'array' }),
  )

export const object = (shape: Readonly<Record<string, Lite>>): Lite => {
  const fields = Object.entries(shape)
  return schema((input, fail) => {
    if (!isRecord(input)) return fail({ code: 'invalid_type', expected: 'object' })
    const result: Record<string, unknown> = {}
    for (const [key, { read, isOptional }] of fields) {
      const has = Object.hasOwn(input, key)
      if (has || !isOptional) result[key] = read(has ? input[key] : undefined, below(key, fail))
    }
    return result
  })
}

export const record = (_key: Lite, { read }: Lite): Lite =>
  schema((input, fail) => {
    if (!isRecord(input)) return fail({ code: 'invalid_type', expected: 'record' })
    const keys = Object.keys(input).filter((key) => key !== '__proto__')
    return Object.fromEntries(keys.map((key) => [key, read(input[key], below(key, fail))]))
  })

export const union = (options: readonly Lite[]): Lite =>
  schema((input, fail) => {
    const errors: Issue[][] = []
    for (const option of options) {
      const result = option.safeParse(input)
      if (result.success) return result.data
      errors.push(result.error.issues)
    }
    const meant = errors.filter((issues) => issues.every(({ soft }) => soft))
    if (meant.length === 1 && meant[0]) meant[0].forEach(fail)
    else fail({ code: 'invalid_union', errors })
  })

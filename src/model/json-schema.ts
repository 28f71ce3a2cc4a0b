import * as z from 'zod/mini'
import { SCHEMAS } from './event.ts'
import type { Schema } from './parse.ts'
import { showSchema } from './show.ts'

/** A JSON Schema (draft 2020-12), for editors. What it cannot say, ids and dates for instance, `castcart check` does. */
export type JsonSchema = Readonly<Record<string, unknown>>

const DIALECT = 'https://json-schema.org/draft/2020-12/schema'

function jsonSchemaOf(schema: Schema<unknown>): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return rest
}

/** Of the show document. In Node only: making it takes the whole validator. */
export function showJsonSchema(): JsonSchema {
  return { $schema: DIALECT, title: 'Castcart show document', ...jsonSchemaOf(showSchema) }
}

/** Of one live event: a line of a log. In Node only. */
export function eventJsonSchema(): JsonSchema {
  const kinds = [...SCHEMAS].map(([type, schema]) => ({
    if: { properties: { type: { const: type } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { data: jsonSchemaOf(schema) } },
  }))
  return {
    $schema: DIALECT,
    title: 'Castcart live event',
    type: 'object',
    required: ['v', 'id', 'at', 'type', 'data'],
    properties: {
      v: { const: 1 },
      epoch: { type: 'string', minLength: 1 },
      seq: { type: 'integer', minimum: 1 },
      id: { type: 'string', minLength: 1 },
      at: { type: 'integer', description: 'server time in milliseconds since 1970' },
      type: { enum: [...SCHEMAS.keys()] },
      data: { type: 'object' },
    },
    allOf: kinds,
  }
}

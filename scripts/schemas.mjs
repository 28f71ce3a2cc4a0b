import { writeFileSync } from 'node:fs'
import { eventJsonSchema, showJsonSchema } from '../dist/check.js'

const write = (name, schema) =>
  writeFileSync(new URL(`../dist/${name}`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`)

write('show.schema.json', showJsonSchema())
write('event.schema.json', eventJsonSchema())

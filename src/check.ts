import { parseEvent } from './model/event.ts'
import { check } from './model/parse.ts'
import { showSchema } from './model/show.ts'

export { eventJsonSchema, type JsonSchema, showJsonSchema } from './model/json-schema.ts'

/** What was found in a file. `problems` is empty where it is right; `summary` counts what it holds. */
export interface Report {
  readonly problems: readonly string[]
  readonly summary: string
}

/** Checks a file's text: a show document, or a log with one event a line. Never throws. */
export function checkText(text: string): Report {
  const whole = readJson(text)
  if (isObject(whole)) return 'type' in whole && 'data' in whole ? checkLog(text) : checkShow(text)
  // The first line of a log is JSON of its own; that of a broken show document is not.
  return isObject(readJson(text.trim().split('\n')[0] ?? '')) ? checkLog(text) : checkShow(text)
}

/** Checks a show document: its shape, and that ids are used once and variants name options that there are. */
export function checkShow(text: string): Report {
  const raw = readJson(text)
  if (raw === undefined) return { problems: [`show: ${whyNotJson(text)}`], summary: '' }
  const result = check(showSchema, raw)
  if (!result.ok) return { problems: [`show${result.problem}`], summary: '' }
  const { products } = result.value
  const problems = repeated(products, 'show.products')
  products.forEach((product, at) => {
    const variants = product.variants ?? []
    problems.push(...repeated(variants, `show.products[${at}].variants`))
    variants.forEach(({ options = {} }, place) => {
      for (const [axis, value] of Object.entries(options)) {
        const values = product.options?.find(({ id }) => id === axis)?.values.map(({ id }) => id) ?? []
        if (values.includes(value)) continue
        const expected = values.length ? values.map((id) => `"${id}"`).join(' or ') : 'an axis named in options'
        problems.push(`show.products[${at}].variants[${place}].options.${axis}: found "${value}", expected ${expected}`)
      }
    })
  })
  const variants = products.reduce((sum, product) => sum + (product.variants?.length ?? 0), 0)
  return { problems, summary: `show "${result.value.id}": ${products.length} products, ${variants} variants` }
}

/** Checks a log: each line an event, and each epoch gapless from 1 in order. */
export function checkLog(text: string): Report {
  const problems: string[] = []
  const reached = new Map<string, number>()
  let events = 0
  text.split('\n').forEach((line, at) => {
    if (!line.trim()) return
    events++
    const found = checkLine(line, reached)
    if (found) problems.push(`line ${at + 1}: ${found}`)
  })
  const host = [...reached.values()].reduce((sum, seq) => sum + seq, 0)
  return { problems, summary: `log: ${events} events, ${host} of them the host's, ${reached.size} epochs` }
}

function checkLine(line: string, reached: Map<string, number>): string | undefined {
  const raw = readJson(line)
  if (raw === undefined) return whyNotJson(line)
  const result = parseEvent(raw)
  if (!result.ok) {
    if (result.place) reached.set(result.place.epoch, result.place.seq)
    return result.problem
  }
  const { epoch, seq } = result.event
  if (epoch === undefined || seq === undefined) return
  const expected = (reached.get(epoch) ?? 0) + 1
  reached.set(epoch, seq)
  if (seq !== expected) return `event "${result.event.id}".seq: found ${seq}, expected ${expected}`
}

function repeated(items: readonly { readonly id: string }[], path: string): string[] {
  const ids = items.map(({ id }) => id)
  return ids.flatMap((id, at) =>
    ids.indexOf(id) === at ? [] : [`${path}[${at}].id: found "${id}" again, expected an id used once`],
  )
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Where JSON breaks off, as far as the engine tells. */
function whyNotJson(text: string): string {
  try {
    JSON.parse(text)
    return 'found nothing, expected JSON'
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    const place = /position (\d+)/.exec(said)?.[1]
    const line = place === undefined ? '' : ` (line ${text.slice(0, Number(place)).split('\n').length})`
    return `found no JSON, expected JSON: ${said.split('\n')[0]}${line}`
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

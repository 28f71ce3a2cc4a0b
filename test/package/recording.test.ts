import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createLink } from '../../src/adapters/link.ts'
import { timeline } from '../../src/adapters/timeline.ts'
import { createServerClock } from '../../src/lib/server-clock.ts'
import type { LiveEvent } from '../../src/model/event.ts'

const docs = readFileSync('docs/shows.md', 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'castcart-recording-'))
const BEGUN = Date.parse('2026-11-20T18:00:00Z')
const HOURS = 3
const MINUTES = HOURS * 60
const MESSAGES = 100_000

/** A log as a desk keeps it: a pin a minute, and viewers who talk all the time. */
function threeHours(): object[] {
  const events: object[] = []
  for (let minute = 0; minute < MINUTES; minute++) {
    const at = BEGUN + minute * 60_000
    const place = { v: 1, epoch: 'friday', seq: minute + 1, id: `e${minute}` }
    events.push({ ...place, at, type: 'product.pin', data: { ids: [`p${minute}`] } })
    const count = Math.round(((minute + 1) * MESSAGES) / MINUTES) - Math.round((minute * MESSAGES) / MINUTES)
    for (let n = 0; n < count; n++) {
      const author = { id: `v${n}`, name: 'V', role: 'viewer' }
      const id = `c${minute}-${n}`
      const data = { author, text: `message ${n}` }
      events.push({ v: 1, id, at: at + Math.round((n / count) * 60_000), type: 'chat.message', data })
    }
  }
  return events
}

describe('the script of docs/shows.md that writes a recording in segments', () => {
  let size = 0
  beforeAll(() => {
    const script = /```js\n([\s\S]*?recordFeed[\s\S]*?)```/.exec(docs)?.[1] ?? ''
    const lines = threeHours().map((event) => `${JSON.stringify(event)}\n`)
    const log = lines.join('')
    size = log.length
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(process.cwd(), join(folder, 'node_modules', 'castcart'), 'dir')
    writeFileSync(join(folder, 'friday.jsonl'), log)
    writeFileSync(join(folder, 'record.mjs'), script)
    execFileSync(process.execPath, ['record.mjs'], { cwd: folder, stdio: 'pipe' })
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  /** Opens the recording at a moment, from the folder that was written. */
  async function open(picture: number, until: (events: readonly LiveEvent[]) => boolean) {
    const settings = /```json\n"events": (\{[^`]*?"timeline"[^`]*?\})\n```/.exec(docs)?.[1] ?? ''
    const { url, adapter } = JSON.parse(settings) as { url: string; adapter: string }
    expect(adapter).toBe('timeline')
    const read: number[] = []
    const delivered: LiveEvent[] = []
    const problems: string[] = []
    const abort = new AbortController()
    createLink({
      adapter: timeline({ url: `https://shop.example/${url}` }),
      async fetch(input) {
        const text = readFileSync(join(folder, new URL(String(input)).pathname), 'utf8')
        read.push(text.length)
        return new Response(text)
      },
      picture: () => picture,
      ...{ locale: 'en', clock: createServerClock(), signal: abort.signal },
      onEvents: (events) => delivered.push(...events),
      onReset() {},
      onStatus() {},
      onProblem: (problem) => problems.push(problem),
    })
    await vi.waitFor(() => expect(until(delivered)).toBe(true), { timeout: 20_000 })
    abort.abort()
    expect(problems).toEqual([])
    return { delivered, bytes: read.reduce((sum, length) => sum + length, 0) }
  }

  it('writes one index, and files of which none is large', () => {
    const [epoch = ''] = readdirSync(join(folder, 'friday'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
    const names = readdirSync(join(folder, 'friday', epoch))
    expect(names.length).toBe(MESSAGES / 500 + 1)
    const largest = Math.max(...names.map((name) => readFileSync(join(folder, 'friday', epoch, name)).length))
    expect(largest).toBeLessThan(200_000)
  })

  it('gives a log that opens in the middle of three hours with all that the host did, for a fiftieth of its bytes', async () => {
    const picture = BEGUN + 1.5 * 3_600_000
    const isThere = (events: readonly LiveEvent[]) =>
      events.filter(({ seq }) => seq !== undefined).length === MINUTES &&
      events.filter(({ seq, at }) => seq === undefined && at <= picture).length >= 200
    const { delivered, bytes } = await open(picture, isThere)
    expect(bytes).toBeLessThan(size / 50)
    expect(delivered.every(({ seq, at }) => seq !== undefined || Math.abs(at - picture) < 300_000)).toBe(true)
  })
})

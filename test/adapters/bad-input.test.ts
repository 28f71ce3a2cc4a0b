import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLink, type Link } from '../../src/adapters/link.ts'
import { sse } from '../../src/adapters/sse.ts'
import { createServerClock } from '../../src/lib/server-clock.ts'
import { createShowLog, type ShowLog } from '../../src/state/show-log.ts'
import { type FakeDesk, startFakeDesk } from '../support/fake-desk.ts'
import { until } from '../support/until.ts'

/** Every kind of bad input, over a real connection, through the whole path: dropped, counted, told, harmless. */
describe('bad input from a server', () => {
  let desk: FakeDesk
  let abort: AbortController
  let log: ShowLog
  let link: Link
  let problems: string[]
  let statuses: string[]

  async function watch(more: { idleLimit?: number } = {}) {
    link = createLink({
      adapter: sse({ url: `${desk.url}events`, snapshot: `${desk.url}snapshot`, history: `${desk.url}history` }),
      fetch: (...args) => fetch(...args),
      ...{ locale: 'en', clock: createServerClock(), signal: abort.signal, firstWait: 20, ...more },
      onEvents(events) {
        log.add(events, 0)
        log.moveTo(null)
      },
      onReset: () => log.reset(),
      onStatus: (status) => statuses.push(status),
      onProblem: (problem) => problems.push(problem),
    })
    if (!desk.faults.silent) await until(() => expect(statuses.at(-1)).toBe('open'))
  }
  beforeEach(async () => {
    desk = await startFakeDesk()
    abort = new AbortController()
    log = createShowLog({ replay: false })
    problems = []
    statuses = []
  })
  afterEach(async () => {
    abort.abort()
    await desk.stop()
  })

  const chat = (data: string) => `{"v":1,"id":"c1","at":1,"type":"chat.message","data":${data}}`
  const fromHost = { v: 1, epoch: 'first', at: 1, id: 'x' }
  const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

  it.each([
    [
      'an event of unknown type',
      JSON.stringify({ ...fromHost, seq: 2, type: 'from.tomorrow', data: {} }),
      /unknown type "from.tomorrow"/,
    ],
    ['a message of 5 MB', `"${'x'.repeat(5_000_000)}"`, /too long/],
    ['JSON a million deep', deep(1_000_000), /too long/],
    ['JSON as deep as fits', deep(32_000), /expected object/],
    [
      'a __proto__ key',
      chat('{"author":{"id":"__proto__","name":"x","role":"viewer"},"text":"x"}'),
      /built-in property name/,
    ],
    [
      'a host event on the chat channel',
      '{"v":1,"id":"f","at":1,"type":"offer.close","data":{"id":"o","reason":"host"}}',
      /only the log's writer/,
    ],
    ['text that is no JSON', '{"v":1,', /not JSON/],
    [
      'a wrong shape',
      JSON.stringify({ ...fromHost, seq: 2, type: 'product.pin', data: { ids: 5 } }),
      /found 5, expected array/,
    ],
  ])('%s is dropped, counted, told, and harms nothing', async (_, text, words) => {
    await watch()
    desk.publish('product.pin', { ids: ['mug'] })
    await until(() => expect(log.room().now.pin?.data.ids).toEqual(['mug']))
    const before = log.room()
    desk.shout(text)
    await until(() => expect(link.counts.problems).toBe(1))
    expect(problems[0]).toMatch(words)
    expect(problems[0]?.length).toBeLessThan(300)
    expect(log.room()).toEqual(before)
    expect(Reflect.get({}, 'author')).toBeUndefined()
    desk.publish('notice', { text: 'still here' })
    if (words.source.includes('unknown type') || words.source.includes('found 5'))
      desk.publish('notice', { text: 'still here' })
    await until(() => expect(log.room().now.notice?.data.text).toBe('still here'))
    expect(statuses).toEqual(['connecting', 'open'])
  })

  it('a polluting key in a whole event does nothing to objects, and is not kept', async () => {
    await watch()
    desk.shout(
      '{"__proto__":{"polluted":1},"v":1,"id":"c1","at":1,"type":"chat.message","data":{"author":{"id":"v","name":"V","role":"viewer","__proto__":{"polluted":1}},"text":"hi","constructor":{"prototype":{"polluted":1}}}}',
    )
    await until(() => expect(log.room().chat).toHaveLength(1))
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    expect(JSON.stringify(log.room())).not.toContain('polluted')
  })

  it('a snapshot and a history a million deep leave the show alone', async () => {
    await watch()
    const json = `{"v":1,"epoch":"first","seq":9,"at":9,"events":[${deep(1_000_000)}]}`
    abort.abort()
    abort = new AbortController()
    const adapter = sse({ url: `${desk.url}events`, snapshot: 'http://bad/snapshot', history: 'http://bad/history' })
    link = createLink({
      adapter,
      fetch: async (address, init) =>
        String(address).startsWith('http://bad') ? new Response(json) : fetch(address, init),
      ...{ locale: 'en', clock: createServerClock(), signal: abort.signal, firstWait: 20 },
      onEvents: (events) => log.add(events, 0),
      onReset: () => log.reset(),
      onStatus: (status) => statuses.push(status),
      onProblem: (problem) => problems.push(problem),
    })
    await until(() => expect(statuses.at(-1)).toBe('open'))
    await until(() => expect(problems.length).toBeGreaterThan(0))
    expect(log.room().now).toEqual({})
  })

  it('a server that accepts and stays silent is hung up on, and asked again', async () => {
    desk.faults.silent = true
    await watch({ idleLimit: 3000 })
    await until(() => expect(desk.hellos).toHaveLength(1))
    await vi.waitFor(() => expect(desk.hellos.length).toBeGreaterThan(1), { timeout: 15_000, interval: 200 })
    expect(problems).toContain('no sign of life')
    desk.faults.silent = false
    desk.cut()
    await vi.waitFor(() => expect(statuses.at(-1)).toBe('open'), { timeout: 15_000 })
  }, 40_000)
})

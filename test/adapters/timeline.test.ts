import { describe, expect, it } from 'vitest'
import { timeline } from '../../src/adapters/timeline.ts'
import type { CloseCode } from '../../src/model/adapter.ts'
import { type AdapterHarness, testAdapter } from '../contracts/adapter.ts'
import { startFakeDesk } from '../support/fake-desk.ts'
import { until } from '../support/until.ts'

const recorded = async (): Promise<AdapterHarness> => {
  const desk = await startFakeDesk()
  const refuse = (status: number) => () => {
    desk.faults.refuse = status
  }
  return {
    adapter: timeline({ url: `${desk.url}log.jsonl` }),
    epoch: 'first',
    publish: (count) => {
      for (let n = 0; n < count; n++) desk.publish('product.pin', { ids: ['mug'] })
    },
    connections: desk.connections,
    addresses: () => desk.requests,
    endings: {
      ended: {},
      unauthorized: { before: refuse(401) },
      denied: { before: refuse(403) },
      gone: { before: refuse(404) },
      overloaded: { before: refuse(503) },
      network: { before: refuse(500) },
    },
    requireToken: (token) => {
      desk.faults.token = token
    },
    stop: desk.stop,
  }
}

testAdapter('timeline', recorded, ['resume', 'garbage', 'clock', 'snapshot', 'history', 'send'])

describe('timeline', () => {
  async function read(...pieces: string[]) {
    const heard: { raw: unknown[]; problems: string[]; code?: CloseCode } = { raw: [], problems: [] }
    const body = new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece))
        controller.close()
      },
    })
    timeline({ url: 'https://shop.example/show.jsonl' }).connect(
      {
        open() {},
        events: (raw) => heard.raw.push(...raw),
        newest() {},
        clock() {},
        problem: (text) => heard.problems.push(text),
        closed({ code }) {
          heard.code = code
        },
      },
      { signal: new AbortController().signal, fetch: async () => new Response(body), locale: 'en' },
    )
    await until(() => expect(heard.code).toBeDefined())
    return heard
  }

  it('reads JSON lines cut anywhere, with a byte order mark and without a last line end', async () => {
    const { raw, code } = await read('\uFEFF{"a":1}\n{"b', '":2}\r\n\n', '{"c":3}')
    expect(raw).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }])
    expect(code).toBe('ended')
  })

  it('reads one JSON array', async () => {
    expect((await read('\n[\n{"a":1},', '\n{"b":2}\n]\n')).raw).toEqual([{ a: 1 }, { b: 2 }])
  })

  it('takes a log for one, though the network cuts its first line before a bracket, or an array after a blank', async () => {
    expect((await read('{"a":', '[1]}\n{"b":2}')).raw).toEqual([{ a: [1] }, { b: 2 }])
    expect((await read('\n', ' \n', '[{"a":1}]')).raw).toEqual([{ a: 1 }])
  })

  it('tells a bad line by its number and goes on', async () => {
    const { raw, problems, code } = await read('{"a":1}\n{oops\n\n42\n{"b":2}\n')
    expect(raw).toEqual([{ a: 1 }, { b: 2 }])
    expect(problems).toEqual(['timeline: line 2 is no event', 'timeline: line 4 is no event'])
    expect(code).toBe('ended')
  })

  it('says of a page, a broken array and a single bad line that they are no log', async () => {
    expect((await read('<!doctype html>\n'.repeat(1000))).code).toBe('protocol')
    expect((await read('[{"a":1},')).code).toBe('protocol')
    expect((await read('hello')).code).toBe('protocol')
  })

  it('takes an empty file for a show without events', async () => {
    expect(await read('\n')).toMatchObject({ raw: [], problems: [], code: 'ended' })
  })

  it('never holds an endless array', async () => {
    const { raw, problems, code } = await read('[{"a":1},', ...Array(80).fill('1,'.repeat(500_000)), '{"b":2}]')
    expect({ raw, code }).toEqual({ raw: [], code: 'protocol' })
    expect(problems).toEqual(['timeline: an array of more than 64 Mi characters; write lines, or segments'])
  })

  it('never holds an endless line', async () => {
    const { raw, problems } = await read('{"a":1}\n', ...Array(50).fill('x'.repeat(1_000_000)), '\n{"b":2}\n')
    expect(raw).toEqual([{ a: 1 }, { b: 2 }])
    expect(problems).toHaveLength(1)
  })
})

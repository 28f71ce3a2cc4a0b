import { describe, expect, it } from 'vitest'
import { arrive } from '../../src/adapters/arrive.ts'
import type { AdapterContext, EventSink } from '../../src/model/adapter.ts'

function listen() {
  const calls: string[] = []
  const sink: EventSink = {
    open: () => void calls.push('open'),
    events: (raw) => void calls.push(`events ${raw.length}`),
    newest() {},
    clock() {},
    problem: (text) => void calls.push(text),
    closed: ({ code }) => void calls.push(code),
  }
  const over = new AbortController()
  const context: AdapterContext = { signal: over.signal, fetch, locale: 'en', since: { epoch: 'e', seq: 7 } }
  return { calls, sink, context, over }
}
const events = (count: number) => ({ events: Array(count).fill({}) })

describe('arrive', () => {
  it('reads on from the place it is given, until a page is not full', async () => {
    const { calls, sink, context } = listen()
    const asked: number[] = []
    const history = async ({ after }: { after: number }) => {
      asked.push(after)
      return events(asked.length < 3 ? 500 : 1)
    }
    await arrive({ source: {}, log: { history } }, sink, context)
    expect(asked).toEqual([7, 507, 1007])
    expect(calls).toEqual(['open', 'events 500', 'events 500', 'events 1'])
  })

  it('does not ask for ever where every page is full', async () => {
    const { sink, context, over } = listen()
    let asked = 0
    const history = async () => {
      if (++asked === 200) over.abort()
      return events(500)
    }
    await arrive({ source: {}, log: { history } }, sink, context)
    expect(asked).toBeLessThan(200)
  })
})

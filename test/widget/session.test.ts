// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createState } from '../../src/state/create-state.ts'
import { createSession } from '../../src/widget/session.ts'

const ended = new AbortController()
afterEach(() => {
  ended.abort()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('createSession', () => {
  it('reads the show document anew where what it read is older than a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const fetched = vi.fn(async () => new Response(JSON.stringify({ version: 1, id: 's', title: 'T', products: [] })))
    vi.stubGlobal('fetch', fetched)
    const session = createSession({
      stores: createState(),
      options: { show: '/show.json' },
      locale: 'en',
      announcer: { on: () => () => {}, tell: () => {}, ask: () => false },
      host: document.createElement('div'),
      signal: ended.signal,
    })
    session.preload()
    vi.setSystemTime(Date.now() + 59_000)
    session.preload()
    expect(fetched).toHaveBeenCalledTimes(1)
    vi.setSystemTime(Date.now() + 2_000)
    session.preload()
    expect(fetched).toHaveBeenCalledTimes(2)
  })
})

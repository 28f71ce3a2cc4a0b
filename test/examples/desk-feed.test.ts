import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { feed } from '../../src/adapters/feed.ts'
import { createLink } from '../../src/adapters/link.ts'
import { createFeedWriter } from '../../src/feed.ts'
import { createServerClock } from '../../src/lib/server-clock.ts'
import { createShowLog } from '../../src/state/show-log.ts'
import { startTestDemo } from '../support/desk-demo.ts'

const start = () => startTestDemo({ loadWriter: async () => createFeedWriter })

describe('/feed/ of the demo', () => {
  it('brings a viewer what the host does, as files and an index', async () => {
    const demo = await start()
    const abort = new AbortController()
    onTestFinished(() => abort.abort())
    await demo.command('pin', { ids: ['mug'] })
    const log = createShowLog({ replay: false })
    const problems: string[] = []
    createLink({
      adapter: feed({ url: `${demo.store}feed/index.json` }),
      fetch: (...args) => fetch(...args),
      ...{ locale: 'en', clock: createServerClock(), signal: abort.signal },
      onEvents: (events) => log.add(events, 0),
      onReset: () => log.reset(),
      onStatus() {},
      onProblem: (problem) => problems.push(problem),
    })
    const pinned = () => {
      log.moveTo(null)
      return log.room().now.pin?.data.ids
    }
    await vi.waitFor(() => expect(pinned()).toEqual(['mug']), 10_000)
    await demo.command('pin', { ids: ['coat'] })
    await vi.waitFor(() => expect(pinned()).toEqual(['coat']), 10_000)
    expect(problems).toEqual([])
  })

  it('answers 304 where nothing changed, and lets segments be kept for ever', async () => {
    const demo = await start()
    const address = `${demo.store}feed/index.json`
    const index = await fetch(address)
    const again = await fetch(address, { headers: { 'If-None-Match': index.headers.get('etag') ?? '' } })
    expect([200, 304]).toContain(again.status)
    const { path, snapshot } = await index.json()
    const kept = await fetch(new URL(`${path}s${snapshot.n}.json`, address))
    expect(kept.headers.get('cache-control')).toContain('immutable')
    expect(await kept.json()).toMatchObject({ epoch: demo.show.epoch, seq: snapshot.seq })
    expect((await fetch(`${demo.store}feed/no-such/1.json`)).status).toBe(404)
  })
})

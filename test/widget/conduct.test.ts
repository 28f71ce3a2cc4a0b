// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest'
import { callbacks } from '../../src/adapters/callbacks.ts'
import type { EventAdapter } from '../../src/model/adapter.ts'
import type { CartBridge } from '../../src/model/cart.ts'
import type { Show } from '../../src/model/show.ts'
import { createState } from '../../src/state/create-state.ts'
import { conduct } from '../../src/widget/conduct.ts'
import type { ConductOptions } from '../../src/widget/conduct-options.ts'

const show = { version: 1, id: 's', title: 'T', products: [], status: 'live' } as const

function options(more: Partial<ConductOptions['options']>, signal: AbortSignal) {
  const report = vi.fn()
  const given: ConductOptions = {
    stores: createState(),
    options: { show: '/a.json', ...more },
    locale: 'en',
    announcer: { on: () => () => {}, ask: () => false, tell: () => {} },
    host: document.createElement('div'),
    signal,
    show,
    base: 'https://shop.example/',
    video: document.createElement('video'),
    own: [],
    start: {},
    report,
    warn() {},
    moment: () => ({ eventId: 'e', showId: 's', mode: 'live', muted: true, preview: false }),
    actedAt: () => 0,
  }
  return { given, report }
}

describe('conduct', () => {
  it('begins nothing once it was ended, so that nothing is left behind', async () => {
    const connect = vi.fn()
    const adapter: EventAdapter = { name: 'fake', connect }
    const life = new AbortController()
    const { given } = options({ adapter, cart: 'links' }, life.signal)
    const beginning = conduct(given)
    life.abort()
    expect(await beginning).toBeNull()
    expect(connect).not.toHaveBeenCalled()
    expect(given.stores.$connection.get()).toBe('off')
  })

  it('goes on without events where their source makes no sense, and says so', async () => {
    const life = new AbortController()
    const { given, report } = options({ events: 'http://', cart: 'links' }, life.signal)
    const conducted = await conduct(given)
    expect(conducted?.run).toBeDefined()
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ code: 'no-events' }))
    life.abort()
  })

  it('folds ten thousand states in a burst to the latest, and publishes twice: the first, and the frame after it', async () => {
    const life = new AbortController()
    const adapter = callbacks()
    const { given } = options({ adapter, cart: 'links' }, life.signal)
    await conduct(given)
    await vi.waitFor(() => expect(given.stores.$connection.get()).toBe('open'))
    let published = 0
    given.stores.$room.listen(() => published++)
    for (let n = 1; n <= 10_000; n++) adapter.push({ type: 'product.stock', data: { id: `p${n % 50}`, stock: n } })
    await vi.waitFor(() => expect(given.stores.$room.get().products.p0?.stock?.data.stock).toBe(10_000))
    expect(published).toBe(2)
    life.abort()
  })

  it('tells the developer’s log what was dropped of what came, the first twenty times', async () => {
    const debug = vi.spyOn(console, 'debug').mockImplementation(() => {})
    const life = new AbortController()
    const adapter = callbacks()
    const { given } = options({ adapter, cart: 'links' }, life.signal)
    await conduct(given)
    await vi.waitFor(() => expect(given.stores.$connection.get()).toBe('open'))
    const author = '"author":{"id":"__proto__","name":"x","role":"viewer"}'
    adapter.push([
      '{"v":1,"epoch":"e","seq":1,"id":"a","at":1,"type":"from.tomorrow","data":{}}',
      `"${'x'.repeat(5_000_000)}"`,
      `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`,
      `{"v":1,"id":"c","at":1,"type":"chat.message","data":{${author},"text":"x"}}`,
      '{"v":1,"id":"f","at":1,"type":"product.pin","data":{"ids":["fake"]}}',
    ])
    const said = () => debug.mock.calls.map(([line]) => String(line))
    await vi.waitFor(() => expect(said()).toHaveLength(5))
    expect(said()).toEqual([
      expect.stringMatching(/^\[castcart\] .*unknown type "from\.tomorrow"/),
      expect.stringMatching(/^\[castcart\] .*5000002 characters is too long/),
      expect.stringMatching(/^\[castcart\] .*2000000 characters is too long/),
      expect.stringMatching(/^\[castcart\] .*built-in property name/),
      expect.stringMatching(/^\[castcart\] .*only the log's writer/),
    ])
    for (let n = 0; n < 100; n++) adapter.push('{')
    expect(said()).toHaveLength(20)
    expect(given.stores.$room.get().now).toEqual({})
    life.abort()
    debug.mockRestore()
  })

  it('tells the developer aloud, once, that events of the host are lost', async () => {
    const life = new AbortController()
    const adapter = callbacks()
    const { given, report } = options({ adapter, cart: 'links' }, life.signal)
    await conduct(given)
    await vi.waitFor(() => expect(given.stores.$connection.get()).toBe('open'))
    const notice = (seq: number) =>
      adapter.push(
        `{"v":1,"epoch":"e","seq":${seq},"id":"e${seq}","at":${seq},"type":"notice","data":{"text":"${seq}"}}`,
      )
    for (const seq of [1, 3, 5, 7]) {
      notice(seq)
      const text = () => given.stores.$room.get().now.notice?.data.text
      await vi.waitFor(() => expect(text()).toBe(`${seq}`), { timeout: 10_000 })
    }
    const said = report.mock.calls.map(([error]) => String(error.message))
    expect(said).toEqual([expect.stringMatching(/no-events: events 2 to 2 are lost/)])
    life.abort()
  })

  it('takes who was away for more than a minute for one who comes anew, and nobody else', async () => {
    const stores = createState()
    const visit = async (minutesLater: number) => {
      vi.setSystemTime(Date.now() + minutesLater * 60_000)
      const life = new AbortController()
      const { given } = options({ adapter: callbacks(), cart: 'links' }, life.signal)
      await conduct({ ...given, stores })
      life.abort()
      return stores.$mine.get().joinedAt ?? 0
    }
    vi.useFakeTimers({ toFake: ['Date'] })
    const first = await visit(0)
    const soon = await visit(0.5)
    const late = await visit(5)
    vi.useRealTimers()
    expect(soon).toBe(first)
    expect((late - first) / 60_000).toBeCloseTo(5.5)
  })

  it.each([
    ['live', {}, ['chat.send', 'question.ask', 'poll.vote']],
    ['live', { events: { actions: ['poll.vote'] } }, ['poll.vote']],
    ['live', { chat: { mode: 'closed' } }, ['question.ask', 'poll.vote']],
    ['replay', {}, ['question.ask']],
    ['replay', { events: { actions: ['poll.vote'] } }, []],
  ] as const)('lets a viewer of a %s show with %j do %j', async (status, more, actions) => {
    const life = new AbortController()
    const adapter: EventAdapter = {
      ...{ name: 'fake', connect() {} },
      actions: ['chat.send', 'question.ask', 'poll.vote'],
    }
    const { given } = options({ adapter, cart: 'links' }, life.signal)
    await conduct({ ...given, show: { ...show, status, ...more } as Show })
    expect(given.stores.$can.get()).toMatchObject({
      actions,
      chat: (actions as readonly string[]).includes('chat.send'),
    })
    life.abort()
  })

  it('asks the store for its products', async () => {
    const life = new AbortController()
    const asked: string[][] = []
    const cart: CartBridge = {
      ...{ name: 'own', add: () => Promise.reject(new Error('no')) },
      products: async (list) => {
        asked.push(list.map(({ id }) => id))
        return [...list]
      },
    }
    const { given } = options({ cart }, life.signal)
    await conduct({ ...given, show: { ...show, products: [{ id: 'mug', title: 'Mug' }] } })
    await vi.waitFor(() => expect(asked).toEqual([['mug']]))
    life.abort()
  })

  it('goes on without a store where the page’s own bridge throws as it begins, and says so', async () => {
    const life = new AbortController()
    const cart = {
      name: 'own',
      add: () => Promise.reject(new Error('no')),
      watch() {
        throw new Error('broken')
      },
    }
    const { given, report } = options({ cart }, life.signal)
    const conducted = await conduct(given)
    expect(conducted?.run).toBeDefined()
    expect(conducted?.shop).toBeNull()
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ code: 'no-cart' }))
    life.abort()
  })

  it('refuses a bridge that does not exist', async () => {
    const { given } = options({ cart: 'shopfiy' }, new AbortController().signal)
    await expect(conduct(given)).rejects.toMatchObject({ code: 'bad-options' })
  })
})

// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest'
import type { EventAdapter } from '../../src/model/adapter.ts'
import { createState } from '../../src/state/create-state.ts'
import { type ConductOptions, conduct } from '../../src/widget/conduct.ts'

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
    moment: () => ({ eventId: 'e', showId: 's', mode: 'live', muted: true, preview: false }),
    hasActed: () => false,
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

  it('refuses a bridge that does not exist', async () => {
    const { given } = options({ cart: 'shopfiy' }, new AbortController().signal)
    await expect(conduct(given)).rejects.toMatchObject({ code: 'bad-options' })
  })
})

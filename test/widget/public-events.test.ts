// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { PublicEvents } from '../../src/model/track.ts'
import { createAnnouncer } from '../../src/widget/public-events.ts'

const moment = { eventId: 'e', showId: 's', mode: 'live', muted: true, preview: false } as const
const pinned: PublicEvents['product-pinned'] = { ...moment, productIds: ['mug'] }

afterEach(() => vi.restoreAllMocks())

describe('createAnnouncer', () => {
  it('tells listeners and the page at once, and sinks when they are there', async () => {
    const host = document.createElement('div')
    document.body.append(host)
    const heard: string[] = []
    const announcer = createAnnouncer(host, async () => (name) => heard.push(`sink ${name}`))
    document.addEventListener(
      'castcart:product-pinned',
      (event) => heard.push(`page ${(event as CustomEvent).detail.productIds}`),
      { once: true },
    )
    announcer.on('product-pinned', ({ productIds }) => heard.push(`listener ${productIds}`))
    announcer.tell('product-pinned', pinned)
    expect(heard).toEqual(['listener mug', 'page mug'])
    await expect.poll(() => heard).toEqual(['listener mug', 'page mug', 'sink product-pinned'])
  })

  it('goes on when one of them throws', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const track = vi.fn()
    const announcer = createAnnouncer(document.createElement('div'), async () => track)
    announcer.on('product-pinned', () => {
      throw new Error('mine')
    })
    announcer.tell('product-pinned', pinned)
    await expect.poll(() => track.mock.calls.length).toBe(1)
    expect(log).toHaveBeenCalledOnce()
  })

  it('makes sinks ready at the first event, once, and says when they cannot be loaded', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const open = vi.fn(() => Promise.reject(new Error('gone')))
    const announcer = createAnnouncer(document.createElement('div'), open)
    expect(open).not.toHaveBeenCalled()
    announcer.tell('product-pinned', pinned)
    announcer.tell('product-pinned', pinned)
    await expect.poll(() => log.mock.calls.length).toBe(2)
    expect(open).toHaveBeenCalledOnce()
  })

  it('stops telling who does not want to hear', () => {
    const announcer = createAnnouncer(document.createElement('div'))
    const listener = vi.fn()
    announcer.on('product-pinned', listener)()
    announcer.tell('product-pinned', pinned)
    expect(listener).not.toHaveBeenCalled()
  })

  it('asks the page whether it does the thing itself', () => {
    const host = document.createElement('div')
    const announcer = createAnnouncer(host)
    expect(announcer.ask('checkout', null)).toBe(false)
    host.addEventListener('castcart:checkout', (event) => event.preventDefault())
    expect(announcer.ask('checkout', null)).toBe(true)
  })
})

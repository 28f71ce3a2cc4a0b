// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { PublicEvents } from '../../src/model/track.ts'
import { createAnnouncer } from '../../src/widget/public-events.ts'

const moment = { showId: 's', mode: 'live', muted: true } as const
const pinned: PublicEvents['product-pinned'] = { ...moment, productIds: ['mug'] }

afterEach(() => vi.restoreAllMocks())

describe('createAnnouncer', () => {
  it('tells listeners, sinks and the page, in this order', () => {
    const host = document.createElement('div')
    document.body.append(host)
    const heard: string[] = []
    const announcer = createAnnouncer(host, [{ name: 'sink', track: (name) => heard.push(`sink ${name}`) }])
    document.addEventListener(
      'castcart:product-pinned',
      (event) => heard.push(`page ${(event as CustomEvent).detail.productIds}`),
      { once: true },
    )
    announcer.on('product-pinned', ({ productIds }) => heard.push(`listener ${productIds}`))
    announcer.tell('product-pinned', pinned)
    expect(heard).toEqual(['listener mug', 'sink product-pinned', 'page mug'])
  })

  it('goes on when one of them throws', () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const track = vi.fn()
    const announcer = createAnnouncer(document.createElement('div'), [{ name: 'sink', track }])
    announcer.on('product-pinned', () => {
      throw new Error('mine')
    })
    announcer.tell('product-pinned', pinned)
    expect(track).toHaveBeenCalledOnce()
    expect(log).toHaveBeenCalledOnce()
  })

  it('stops telling who does not want to hear', () => {
    const announcer = createAnnouncer(document.createElement('div'), [])
    const listener = vi.fn()
    announcer.on('product-pinned', listener)()
    announcer.tell('product-pinned', pinned)
    expect(listener).not.toHaveBeenCalled()
  })

  it('asks the page whether it does the thing itself', () => {
    const host = document.createElement('div')
    const announcer = createAnnouncer(host, [])
    expect(announcer.ask('checkout', null)).toBe(false)
    host.addEventListener('castcart:checkout', (event) => event.preventDefault())
    expect(announcer.ask('checkout', null)).toBe(true)
  })
})

import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Channel, mirror } from '../../src/cart/mirror.ts'

describe('mirror', () => {
  afterEach(() => vi.unstubAllGlobals())

  function open() {
    const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
    vi.stubGlobal('document', page)
    const end = new AbortController()
    const calls: string[] = []
    const channel = (name: string): Channel => {
      calls.push(`open ${name}`)
      return { onmessage: null, postMessage: () => calls.push('post'), close: () => calls.push('close') }
    }
    const one = mirror({
      name: 'cart',
      signal: end.signal,
      onNews: () => calls.push('news'),
      channel,
    })
    const show = (state: string) => {
      page.visibilityState = state
      page.dispatchEvent(new Event('visibilitychange'))
    }
    return { one, end, calls, show }
  }

  it('lets its channel go while hidden and says when the tab is seen again', () => {
    const { one, calls, show } = open()
    show('hidden')
    expect(calls).toEqual([])
    one.post()
    show('hidden')
    show('visible')
    one.open()
    expect(calls).toEqual(['open cart', 'post', 'close', 'news', 'open cart'])
  })

  it('opens and hears nothing after the end', () => {
    const { one, calls, end, show } = open()
    one.open()
    end.abort()
    one.post()
    show('visible')
    expect(calls).toEqual(['open cart', 'close'])
  })

  it('does without where the browser has no channels', () => {
    vi.stubGlobal('BroadcastChannel', undefined)
    const signal = new AbortController().signal
    expect(() => mirror({ name: 'cart', signal, onNews: () => {} }).post()).not.toThrow()
  })
})

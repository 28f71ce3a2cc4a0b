import { describe, expect, it } from 'vitest'
import { pause } from '../../src/lib/pause.ts'
import { createVirtualTime } from '../support/virtual-time.ts'

describe('pause', () => {
  it('resolves when its time has come', async () => {
    const time = createVirtualTime()
    const { signal } = new AbortController()
    let over = false
    pause(100, { wait: time.wait, signal }).then(() => {
      over = true
    })
    await time.advance(99)
    expect(over).toBe(false)
    await time.advance(1)
    expect(over).toBe(true)
  })

  it('leaves no timer and never resolves once its signal aborted', async () => {
    const time = createVirtualTime()
    const abort = new AbortController()
    const over: string[] = []
    pause(100, { wait: time.wait, signal: abort.signal }).then(() => over.push('first'))
    abort.abort()
    pause(100, { wait: time.wait, signal: abort.signal }).then(() => over.push('second'))
    expect(time.timers()).toBe(0)
    await time.advance(1000)
    expect(over).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { whileActing } from '../../src/cart/while-acting.ts'

describe('whileActing', () => {
  it('says that a change is our own until it is done, however it ends', async () => {
    const store = { acting: false }
    const { signal } = new AbortController()
    const seen = await whileActing(store, signal, async () => store.acting)
    expect([seen, store.acting]).toEqual([true, false])
    await expect(whileActing(store, signal, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(store.acting).toBe(false)
  })

  it('holds the store no longer than the signal lives where the script never answers', () => {
    const store = { acting: false }
    const end = new AbortController()
    void whileActing(store, end.signal, () => new Promise(() => {}))
    expect(store.acting).toBe(true)
    end.abort()
    expect(store.acting).toBe(false)
  })
})

import { describe, expect, it, vi } from 'vitest'
import { eachProduct } from '../../src/cart/each-product.ts'
import type { CartContext } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'

const list = Array.from({ length: 13 }, (_, at): ProductInput => ({ id: `p${at}`, title: 'P' }))
const open = () => {
  const silent: string[] = []
  const end = new AbortController()
  const context: CartContext = { fetch, locale: 'en', signal: end.signal, onSilent: (id) => silent.push(id) }
  return { silent, end, context }
}

describe('eachProduct', () => {
  it('tells of the one that fails and of the one that hangs, and brings the others in order', async () => {
    vi.useFakeTimers()
    const { silent, context } = open()
    const found = eachProduct(list, context, async (wanted) => {
      if (wanted.id === 'p1') throw new Error('503')
      if (wanted.id === 'p7') await new Promise(() => {})
      return [wanted]
    })
    await vi.advanceTimersByTimeAsync(10_000)
    vi.useRealTimers()
    expect((await found).map(({ id }) => id)).toEqual(
      list.map(({ id }) => id).filter((id) => id !== 'p1' && id !== 'p7'),
    )
    expect(silent).toEqual(['p1', 'p7'])
  })

  it('throws where nobody wants to be told, and when it has ended', async () => {
    const { end, context } = open()
    const fail = () => Promise.reject(new Error('503'))
    await expect(eachProduct(list, { ...context, onSilent: undefined }, fail)).rejects.toThrow('503')
    end.abort()
    await expect(eachProduct(list, context, fail)).rejects.toThrow('within')
  })
})

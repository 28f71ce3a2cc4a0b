import { beforeEach, describe, expect, it } from 'vitest'
import { createDelivery } from '../../src/adapters/delivery.ts'
import type { LiveEvent } from '../../src/model/event.ts'
import { createVirtualTime, type VirtualTime } from '../support/virtual-time.ts'

describe('createDelivery', () => {
  let time: VirtualTime
  let told: (string | string[])[]

  beforeEach(async () => {
    time = createVirtualTime()
    told = []
    await time.advance(1000)
  })

  const deliver = (recorded = false) =>
    createDelivery({
      ...{ now: time.now, wait: time.wait, recorded },
      onEvents: (events) => told.push(events.map(({ id }) => id)),
      onReset: (epoch) => told.push(epoch),
    })
  const author = { id: 'v', name: 'V', role: 'viewer' } as const
  const chat = (id: string): LiveEvent => ({ v: 1, id, at: 1, type: 'chat.message', data: { author, text: 'hi' } })
  const total = (id: string, at: number): LiveEvent => ({ v: 1, id, at, type: 'reaction.batch', data: { total: at } })
  const pin = (seq: number): LiveEvent => {
    return { v: 1, epoch: 'a', seq, id: `e${seq}`, at: seq, type: 'product.pin', data: { ids: ['mug'] } }
  }

  it('hands over the first at once and the rest of the frame as one', async () => {
    const { events } = deliver()
    events([pin(1)])
    events([pin(2)])
    events([pin(3), chat('c1')])
    expect(told).toEqual([['e1']])
    await time.advance(17)
    expect(told).toEqual([['e1'], ['e2', 'e3', 'c1']])
    await time.advance(17)
    events([pin(4)])
    expect(told).toHaveLength(3)
  })

  it('never calls twice within a frame, however fast events come', async () => {
    const calls: number[] = []
    const { events } = createDelivery({
      ...{ now: time.now, wait: time.wait },
      onEvents: () => calls.push(time.now()),
      onReset() {},
    })
    for (let n = 1; n <= 500; n++) {
      events([pin(n)])
      await time.advance(1)
    }
    const waits = calls.slice(1).map((at, index) => at - (calls[index] ?? 0))
    expect(Math.min(...waits)).toBeGreaterThan(1000 / 60)
    expect(calls.length).toBeLessThanOrEqual(31)
  })

  it('tells a reset with what follows it, and nothing of what was before', async () => {
    const { events, reset } = deliver()
    events([pin(1)])
    events([chat('old')])
    reset('b')
    events([pin(2)])
    expect(told).toEqual([['e1'], 'b', ['e2']])
    reset('c')
    await time.advance(20)
    expect(told.at(-1)).toBe('c')
  })

  it('drops the oldest of viewers in a burst, samples totals, and keeps every word of the host', async () => {
    const delivery = deliver()
    delivery.events([pin(1)])
    for (let n = 1; n <= 500; n++) delivery.events([chat(`c${n}`), total(`r${n}`, n), pin(n + 1)])
    await time.advance(17)
    const ids = told[1] as string[]
    expect(ids.filter((id) => id.startsWith('c'))).toEqual(Array.from({ length: 200 }, (_, index) => `c${index + 301}`))
    expect(ids.filter((id) => id.startsWith('r'))).toEqual(['r500'])
    expect(ids.filter((id) => id.startsWith('e'))).toHaveLength(500)
    expect(delivery.dropped).toBe(300 + 499)
  })

  it('holds little of a flood that comes while no frame does', () => {
    const delivery = deliver()
    delivery.events([pin(1)])
    for (let n = 1; n <= 100_000; n++) delivery.events([chat(`c${n}`)])
    expect(delivery.dropped).toBeGreaterThan(97_000)
  })

  it('hands over ten thousand states of the host as one', async () => {
    const delivery = deliver()
    for (let n = 1; n <= 10_000; n++) delivery.events([pin(n)])
    await time.advance(17)
    expect(told.map(({ length }) => length)).toEqual([1, 9999])
    expect(delivery.dropped).toBe(0)
  })

  it('holds at most ten thousand events while a hidden page has no timers, and loses none of the host', async () => {
    const delivery = deliver()
    for (let n = 1; n <= 100_000; n++) delivery.events([pin(n), chat(`c${n}`)])
    expect(told.flat().filter((id) => id.startsWith('e')).length).toBeGreaterThan(90_000)
    await time.advance(17)
    expect(Math.max(...told.map(({ length }) => length))).toBeLessThanOrEqual(10_002)
    expect(told.flat().filter((id) => id.startsWith('e'))).toEqual(
      Array.from({ length: 100_000 }, (_, n) => `e${n + 1}`),
    )
  })

  it('keeps all of a recorded log', async () => {
    const delivery = deliver(true)
    delivery.events([pin(1)])
    delivery.events(Array.from({ length: 5000 }, (_, n) => chat(`c${n}`)))
    await time.advance(17)
    expect(told[1]).toHaveLength(5000)
    expect(delivery.dropped).toBe(0)
  })

  it('hands over nothing after its end', async () => {
    const { events, end } = deliver()
    events([pin(1)])
    events([pin(2)])
    end()
    await time.advance(100)
    expect(told).toEqual([['e1']])
    expect(time.timers()).toBe(0)
  })
})

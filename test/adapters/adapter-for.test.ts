import { describe, expect, it } from 'vitest'
import { adapterFor, nameFor } from '../../src/adapters/adapter-for.ts'

describe('nameFor', () => {
  it.each([
    ['wss://shop.example/events', 'socket'],
    ['ws://127.0.0.1:8/index.json', 'socket'],
    ['https://cdn.example/friday.events.jsonl?v=2#x', 'timeline'],
    ['https://cdn.example/friday/index.json', 'feed'],
    ['https://shop.example/events', 'sse'],
    ['https://shop.example/events?log=a.jsonl', 'sse'],
  ])('says of %s: %s', (url, name) => expect(nameFor(url)).toBe(name))
})

describe('adapterFor', () => {
  it('loads by address, and by name against the address', async () => {
    expect((await adapterFor({ url: 'wss://shop.example/' })).name).toBe('socket')
    expect((await adapterFor({ url: 'https://shop.example/a.jsonl' })).name).toBe('timeline')
    expect((await adapterFor({ url: 'https://shop.example/feed/index.json' })).name).toBe('feed')
    expect((await adapterFor({ url: 'https://shop.example/', adapter: 'socket' })).name).toBe('socket')
  })

  it('offers what the show allows and has only what has an address', async () => {
    const adapter = await adapterFor({ url: 'https://shop.example/', history: '/h', actions: ['poll.vote'] })
    expect(adapter.actions).toEqual(['poll.vote'])
    expect(adapter.history).toBeTypeOf('function')
    expect(adapter.snapshot).toBeUndefined()
  })

  it.each(['feeds', 'constructor', ''])('says of the name "%s" that it is not built in', async (adapter) => {
    await expect(adapterFor({ url: 'https://x/', adapter })).rejects.toMatchObject({ code: 'bad-options' })
  })
})

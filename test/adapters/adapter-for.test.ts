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
    ['nats:shows.friday?stream=SHOWS', 'nats'],
    ['in-band:', 'in-band'],
    ['capacitor://localhost/a.jsonl', 'timeline'],
    ['data:application/jsonl,x.jsonl', 'timeline'],
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

  describe("over the page's own client", () => {
    const client = { subscribe() {}, newSubscription() {}, emit() {}, connect() {} }

    it.each([
      'nats:shows.friday?stream=SHOWS',
      'mqtt:shows/friday?qos=1',
      'centrifugo:show',
      'pusher:show',
      'ably:show',
      'socketio:castcart',
    ])('makes an adapter of %s', async (url) => {
      const adapter = await adapterFor({ url, history: 'https://shop.example/history' }, client)
      expect(adapter.name).toBe(url.split(':')[0])
      expect(adapter.history).toBeTypeOf('function')
      expect(adapter.send).toBeUndefined()
    })

    it('says in words that the client is missing, or is none of this engine', async () => {
      const missing = adapterFor({ url: 'mqtt:a' })
      await expect(missing).rejects.toMatchObject({ code: 'bad-options' })
      await expect(missing).rejects.toThrow("client: found nothing, expected the page's own mqtt client")
      const wrong = adapterFor({ url: 'nats:a' }, { publish() {} })
      await expect(wrong).rejects.toThrow('client: found an object without subscribe()')
    })

    it('takes a function that gives the client', async () => {
      expect((await adapterFor({ url: 'nats:a' }, () => client)).name).toBe('nats')
    })

    it('takes an adapter by name over an address of another kind', async () => {
      const source = { url: 'https://shop.example/', adapter: 'socketio', send: 'socketio:act' } as const
      expect((await adapterFor(source, client)).actions).toContain('chat.send')
    })
  })

  it('makes nats-core of an address with the subject after the hash', async () => {
    const source = { adapter: 'nats-core', url: 'wss://viewer@nats.example/#shows.%3E' }
    expect((await adapterFor(source)).name).toBe('nats-core')
    const without = adapterFor({ adapter: 'nats-core', url: 'wss://nats.example/' })
    await expect(without).rejects.toThrow('expected a subject after #')
  })

  it('runs further sources beside the first', async () => {
    const adapter = await adapterFor({
      url: 'https://cdn.example/feed/index.json',
      more: [{ url: 'wss://shop.example/chat', actions: ['chat.send'] }],
    })
    expect(adapter.name).toBe('feed+socket')
    expect(adapter.beside?.map(({ name }) => name)).toEqual(['socket'])
    expect(adapter.actions).toEqual(['chat.send'])
  })

  it('maps by a template, by the text of one, and by a function; says where a template is none', async () => {
    const url = 'wss://shop.example/'
    const template = { type: 'notice', data: { text: '$.text' } }
    for (const map of [template, JSON.stringify(template), () => undefined]) {
      expect((await adapterFor({ url, map })).name).toBe('socket')
    }
    const wrong = adapterFor({ url, map: { type: '$.type', data: {} } })
    await expect(wrong).rejects.toThrow('events.map.type: found "$.type"')
    await expect(wrong).rejects.toMatchObject({ code: 'bad-show' })
    await expect(adapterFor({ url, map: '{' })).rejects.toMatchObject({ code: 'bad-options' })
  })
})

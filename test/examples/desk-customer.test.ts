import { describe, expect, it, vi } from 'vitest'
import { startTestDemo } from '../support/desk-demo.ts'
import { watchDesk } from '../support/desk-viewer.ts'

const say = (key: string, more: object = {}) => ({
  action: { type: 'chat.send', key, data: { text: 'hi', guest: 'g', ...more } },
})

describe('a signed-in customer', () => {
  it('writes under the name that the shop signed, whatever the page says, and as the same author from every device', async () => {
    const demo = await startTestDemo()
    const token = demo.signIn({ id: 'c-7', name: 'Anna Berg' })
    const [phone, desk] = [await watchDesk(demo.store, { v: 1, token }), await watchDesk(demo.store, { v: 1, token })]
    phone.send(say('k1', { name: 'Somebody' }))
    await phone.until(({ ack }) => ack === 'k1')
    desk.send(say('k2', { guest: 'another' }))
    await desk.until(({ ack }) => ack === 'k2')
    await vi.waitFor(() => expect(demo.show.events.filter(({ type }) => type === 'chat.message')).toHaveLength(2))
    const authors = demo.show.events.flatMap(({ type, data }) => (type === 'chat.message' ? [data.author] : []))
    expect(authors[0]).toMatchObject({ name: 'Anna Berg', role: 'viewer' })
    expect(authors[1]).toEqual(authors[0])
    expect(JSON.stringify(authors)).not.toContain('c-7')
  })

  it('is nobody else, whatever id a guest says it has', async () => {
    const demo = await startTestDemo()
    const known = await watchDesk(demo.store, { v: 1, token: demo.signIn({ id: 'c-7', name: 'Anna Berg' }) })
    const stranger = await watchDesk(demo.store, { v: 1 })
    known.send(say('k1'))
    stranger.send(say('k2', { guest: 'customer\nc-7' }))
    await vi.waitFor(() => expect(demo.show.events.filter(({ type }) => type === 'chat.message')).toHaveLength(2))
    const authors = demo.show.events.flatMap(({ type, data }) => (type === 'chat.message' ? [data.author] : []))
    expect(new Set(authors.map((author) => Object(author).id)).size).toBe(2)
  })

  it('is asked for another token when this one was changed, or is over', async () => {
    let time = Date.now()
    const demo = await startTestDemo({ now: () => time })
    const token = demo.signIn({ id: 'c-7', name: 'Anna' })
    const [head, , signature] = token.split('.')
    const forged = [
      head,
      Buffer.from(JSON.stringify({ sub: 'c-1', name: 'Boss', exp: 9e9 })).toString('base64url'),
      signature,
    ]
    for (const bad of [forged.join('.'), 'nonsense', `${head}..`, '']) {
      const viewer = await watchDesk(demo.store, { v: 1, token: bad })
      expect(await viewer.closed()).toBe(4401)
    }
    time += 601_000
    expect(await (await watchDesk(demo.store, { v: 1, token })).closed()).toBe(4401)
  })

  it('is known over HTTP too', async () => {
    const demo = await startTestDemo()
    const post = (authorization: string) =>
      fetch(new URL('/events/stream', demo.store), {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify(say('k1').action),
      })
    expect((await post('Bearer nonsense')).status).toBe(401)
    expect((await post(`Bearer ${demo.signIn({ id: 'c-7', name: 'Anna' })}`)).status).toBe(200)
  })
})

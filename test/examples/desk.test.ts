import { describe, expect, it, vi } from 'vitest'
import { historySchema, snapshotSchema } from '../../src/model/adapter.ts'
import { parseEvent } from '../../src/model/event.ts'
import { check } from '../../src/model/parse.ts'
import { showSchema } from '../../src/model/show.ts'
import { fromDesk, signIn, startTestDemo } from '../support/desk-demo.ts'
import { type Frame, watchDesk } from '../support/desk-viewer.ts'

const json = async (address: URL | string, init?: RequestInit) => (await fetch(address, init)).json()
const isType = (type: string) => (frame: { readonly type?: unknown }) => frame.type === type
const say = (key: string, text: string, more: object = {}) => ({
  action: { type: 'chat.send', key, data: { text, name: 'Anna', guest: 'g-1', ...more } },
})

describe('the socket', () => {
  it('answers a hello at once with a ping that names the place', async () => {
    const demo = await startTestDemo()
    const viewer = await watchDesk(demo.store)
    const ping = await viewer.until(({ ping }) => ping !== undefined)
    expect(ping).toMatchObject({ epoch: demo.show.epoch, seq: demo.show.seq })
    expect(viewer.frames[0]).toBe(ping)
  })

  it('says nothing before the hello', async () => {
    const demo = await startTestDemo()
    const viewer = await watchDesk(demo.store, null)
    viewer.send({ clock: 1 })
    viewer.send(say('k0', 'too early'))
    viewer.send({ hello: { v: 1 } })
    viewer.send({ clock: 2 })
    await viewer.until(({ clock }) => clock === 2)
    expect(Object.keys(viewer.frames[0] ?? {})).toContain('ping')
    expect(viewer.frames.some(({ clock, ack }) => clock === 1 || ack !== undefined)).toBe(false)
  })

  it('sends what was missed before the ping, and nothing of the past to a newcomer or another epoch', async () => {
    const demo = await startTestDemo()
    await demo.command('pin', { ids: ['mug'] })
    await demo.command('pin', { ids: ['coat'] })
    const { epoch, seq } = demo.show
    const back = await watchDesk(demo.store, { v: 1, since: { epoch, seq: seq - 2 } })
    await back.until(({ ping }) => ping !== undefined)
    expect(back.frames.map((frame) => frame.seq)).toEqual([seq - 1, seq, seq])
    for (const hello of [{ v: 1 }, { v: 1, since: { epoch: 'another', seq: 0 } }]) {
      const fresh = await watchDesk(demo.store, hello)
      await fresh.until(({ ping }) => ping !== undefined)
      expect(fresh.events()).toEqual([])
    }
  })

  it('tells host events to everyone in the order of their places', async () => {
    const demo = await startTestDemo()
    const viewer = await watchDesk(demo.store)
    await viewer.until(({ ping }) => ping !== undefined)
    await Promise.all(['mug', 'coat', 'car', 'coffee'].map((id) => demo.command('pin', { ids: [id] })))
    await viewer.until(({ seq, type }) => type === 'product.pin' && seq === demo.show.seq)
    const places = viewer.events().flatMap(({ seq }) => seq ?? [])
    expect(places).toEqual([2, 3, 4, 5])
  })

  it('counts those who watch, and not the desk itself', async () => {
    const demo = await startTestDemo()
    await watchDesk(demo.desk, { v: 1, watching: false })
    const viewer = await watchDesk(demo.store)
    await watchDesk(demo.store)
    const told = await viewer.until(({ type, data }) => type === 'audience.count' && (data as Frame).count === 2)
    expect(told.seq).toBeUndefined()
  })

  it('hangs up on a frame above 64 KiB and on a flood of frames', async () => {
    const demo = await startTestDemo()
    const big = await watchDesk(demo.store)
    big.send(say('k1', 'x'.repeat(70_000)))
    expect(await big.closed()).toBe(1009)
    const flood = await watchDesk(demo.store)
    for (let count = 0; count < 200; count++) flood.send({ clock: count })
    expect(await flood.closed()).toBe(4429)
  })

  it('refuses pages of other sites and other host names', async () => {
    const demo = await startTestDemo()
    await expect(watchDesk(demo.store, null, { origin: 'https://evil.example' })).rejects.toThrow(/403/)
    await expect(watchDesk(demo.store, null, { host: 'rebound.example' })).rejects.toThrow(/403/)
  })
})

describe('the chat', () => {
  it('reaches everyone with an id of the server, without a place, as a viewer', async () => {
    const demo = await startTestDemo()
    const [anna, ben] = [await watchDesk(demo.store), await watchDesk(demo.store)]
    await ben.until(({ ping }) => ping !== undefined)
    anna.send(say('k1', '  Hello\u202e \u0007 there\n', { role: 'host' }))
    const ack = await anna.until(({ ack }) => ack === 'k1')
    const message = await ben.until(isType('chat.message'))
    expect(ack).toEqual({ ack: 'k1', ok: true, id: message.id })
    expect(message.seq).toBeUndefined()
    expect(message.data).toEqual({
      author: { id: expect.stringMatching(/^v-/), name: 'Anna', role: 'viewer' },
      text: 'Hello there',
    })
    expect(parseEvent(message).ok).toBe(true)
  })

  it('says a repeated key once and answers it the same', async () => {
    const demo = await startTestDemo()
    const viewer = await watchDesk(demo.store)
    viewer.send(say('k1', 'once'))
    viewer.send(say('k1', 'once'))
    await viewer.until(() => viewer.frames.filter(({ ack }) => ack === 'k1').length === 2)
    const acks = viewer.frames.filter(({ ack }) => ack === 'k1')
    expect(acks[0]).toEqual(acks[1])
    expect(viewer.events().filter(isType('chat.message'))).toHaveLength(1)
  })

  it('refuses what is empty, too long, too fast or said in a closed chat', async () => {
    const demo = await startTestDemo()
    const viewer = await watchDesk(demo.store)
    const answerTo = async (key: string, text: string) => {
      viewer.send(say(key, text))
      return viewer.until(({ ack }) => ack === key)
    }
    expect(await answerTo('k1', ' \u200e\n ')).toMatchObject({ ok: false, reason: 'empty' })
    expect(await answerTo('k2', 'я'.repeat(201))).toMatchObject({ ok: false, reason: 'too-long' })
    expect(await answerTo('k3', '👩‍👩‍👧‍👦'.repeat(200))).toMatchObject({ ok: true })
    await demo.command('chat-mode', { mode: 'open', slowMode: 30 })
    expect(await answerTo('k4', 'again')).toMatchObject({ ok: false, reason: 'too-fast', retryAfter: 30 })
    await demo.command('chat-mode', { mode: 'closed' })
    expect(await answerTo('k5', 'hello?')).toMatchObject({ ok: false, reason: 'closed' })
  })

  it('lends nobody the name of the host', async () => {
    const demo = await startTestDemo()
    const viewer = await watchDesk(demo.store)
    viewer.send(say('k1', 'trust me', { name: ' MIRA  lind ' }))
    const { data } = await viewer.until(isType('chat.message'))
    expect((data as { author: object }).author).toMatchObject({ name: 'Guest' })
  })

  it('tells everyone of a message that the host deleted', async () => {
    const demo = await startTestDemo()
    const viewer = await watchDesk(demo.store)
    viewer.send(say('k1', 'rude'))
    const message = await viewer.until(isType('chat.message'))
    await demo.command('delete', { id: message.id })
    expect(await viewer.until(isType('chat.delete'))).toMatchObject({ data: { ids: [message.id] } })
  })

  it('quotes nothing that was deleted', async () => {
    const demo = await startTestDemo()
    const viewer = await watchDesk(demo.store)
    viewer.send(say('k1', 'rude'))
    const message = await viewer.until(isType('chat.message'))
    await demo.command('delete', { id: message.id })
    viewer.send(say('k2', 'see there', { replyTo: message.id }))
    const { data } = await viewer.until((frame) => isType('chat.message')(frame) && frame.id !== message.id)
    expect(data).not.toHaveProperty('replyTo')
  })
})

describe('snapshot and history', () => {
  it('are of the documented shape, and every event in them can be read', async () => {
    const demo = await startTestDemo()
    await demo.command('pin', { ids: ['mug'] })
    await demo.command('say', { text: 'Welcome' })
    const { epoch, seq } = demo.show
    const snapshot = check(snapshotSchema, await json(`${demo.store}events/snapshot`))
    const page = check(historySchema, await json(`${demo.store}events/history?epoch=${epoch}&after=1&limit=1`))
    expect(snapshot).toMatchObject({ ok: true, value: { epoch, seq } })
    expect(page).toMatchObject({ ok: true, value: { events: [{ seq: 2 }] } })
    const events = [...(snapshot.ok ? snapshot.value.events : [])]
    expect(events.length).toBeGreaterThan(0)
    expect(events.filter((event) => !parseEvent(event).ok)).toEqual([])
  })

  it('say that an unknown epoch is gone', async () => {
    const demo = await startTestDemo()
    expect(await json(`${demo.store}events/history?epoch=other&after=0&limit=10`)).toEqual({ gone: true })
  })
})

describe('server-sent events', () => {
  it('begin with a ping, number host events, resume after the last one seen', async () => {
    const demo = await startTestDemo()
    await demo.command('pin', { ids: ['mug'] })
    const { epoch, seq } = demo.show
    const stop = new AbortController()
    const headers = { accept: 'text/event-stream', 'last-event-id': `${encodeURIComponent(epoch)}:${seq - 1}` }
    const response = await fetch(`${demo.store}events/stream`, { headers, signal: stop.signal })
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (!text.includes('event: ping')) text += (await reader?.read())?.value ?? ''
    stop.abort()
    expect(text).toMatch(
      new RegExp(`^id: ${epoch}:${seq}\ndata: \\[\\{"v":1,.*\\n\\nevent: ping\\ndata: \\{"at":\\d+,`),
    )
  })

  it('take actions by POST, at most 64 KiB, and never an event', async () => {
    const demo = await startTestDemo()
    const post = (body: unknown) =>
      fetch(`${demo.store}events/stream`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    expect(await (await post(say('k1', 'by post').action)).json()).toMatchObject({ ok: true })
    expect((await post({ text: 'x'.repeat(70_000) })).status).toBe(413)
    const forged = {
      v: 1,
      epoch: demo.show.epoch,
      seq: 99,
      id: 'f',
      at: 1,
      type: 'product.pin',
      data: { ids: ['mug'] },
    }
    expect(await (await post(forged)).json()).toMatchObject({ ok: false })
    expect(demo.show.events.some(isType('product.pin'))).toBe(false)
  })
})

describe('who may speak as the host', () => {
  const pin = (key: string) => JSON.stringify({ name: 'pin', key, data: { ids: ['mug'] } })

  it('is who signed in, from the desk page, with a cookie that scripts cannot read', async () => {
    const demo = await startTestDemo()
    const address = new URL('/desk/session', demo.desk)
    const body = JSON.stringify({ secret: demo.secret })
    const response = await fetch(address, { method: 'POST', headers: fromDesk(demo.desk), body })
    expect(response.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict$/)
    const headers = await signIn(demo.desk)
    const answer = await json(new URL('/desk/commands', demo.desk), { method: 'POST', headers, body: pin('key-00001') })
    expect(answer).toMatchObject({ ok: true, event: { type: 'product.pin', seq: 2 } })
  })

  it('is nobody without the cookie, from another origin, or on the store’s server', async () => {
    const demo = await startTestDemo()
    const host = await signIn(demo.desk)
    const commands = new URL('/desk/commands', demo.desk)
    const status = async (address: URL, headers: Record<string, string>) =>
      (await fetch(address, { method: 'POST', headers, body: pin('key-00002') })).status
    const { cookie: _, ...nobody } = host
    const { origin: __, ...pageless } = host
    expect(await status(commands, nobody)).toBe(401)
    expect(await status(commands, { ...host, cookie: `${host.cookie}x` })).toBe(401)
    expect(await status(commands, { ...host, origin: new URL(demo.store).origin })).toBe(403)
    expect(await status(commands, pageless)).toBe(403)
    expect(await status(commands, { ...host, 'content-type': 'text/plain' })).toBe(415)
    expect(await status(new URL('/desk/commands', demo.store), host)).toBe(405)
    expect((await fetch(new URL('/desk/state', demo.desk))).status).toBe(401)
    expect(demo.show.events.some(isType('product.pin'))).toBe(false)
  })

  it('is not who guesses: after ten wrong secrets the desk stops listening', async () => {
    const demo = await startTestDemo({ now: () => 1_800_000_000_000 })
    const guess = async (secret: string) =>
      (
        await fetch(new URL('/desk/session', demo.desk), {
          method: 'POST',
          headers: fromDesk(demo.desk),
          body: JSON.stringify({ secret }),
        })
      ).status
    const answers = []
    for (let count = 0; count < 12; count++) answers.push(await guess(`guess ${count}`))
    expect(answers).toEqual([...Array(10).fill(401), 429, 429])
  })

  it('is never a viewer, whatever frame the viewer forges', async () => {
    const demo = await startTestDemo()
    const viewer = await watchDesk(demo.store)
    const { epoch } = demo.show
    const data = { ids: ['mug'] }
    const event = { v: 1, epoch, seq: 2, id: 'f1', at: Date.now(), type: 'product.pin', data }
    const forgeries = [
      event,
      [event],
      { event },
      { publish: event },
      { action: { type: 'product.pin', key: 'k1', data } },
      { action: { type: 'show.state', key: 'k2', data: { status: 'ended' } } },
      { action: event },
      { hello: { v: 1, role: 'host' } },
      { name: 'pin', key: 'key-00003', data },
    ]
    for (const forgery of forgeries) viewer.send(forgery)
    viewer.send(say('k9', 'still only a viewer', { author: { role: 'host' }, role: 'host', seq: 5, epoch }))
    const message = await viewer.until(isType('chat.message'))
    expect(message).not.toHaveProperty('seq')
    expect(message).toMatchObject({ data: { author: { role: 'viewer' } } })
    expect(demo.show.seq).toBe(1)
    expect(viewer.events().filter(({ seq }) => seq !== undefined)).toEqual([])
  })
})

describe('an offer', () => {
  const terms = { title: 'Kiln-warm price', percentOff: 50, seconds: 60, productIds: ['mug'] }
  const priceOf = async (store: string) => (await json(`${store}products/two-glaze-mug.js`)).variants[0].price
  const clock = () => {
    const time = { now: 1_800_000_000_000 }
    return { time, now: () => time.now }
  }

  it('closes by itself at its time and never twice; the store’s price lasts through the grace', async () => {
    const { time, now } = clock()
    const demo = await startTestDemo({ now })
    const viewer = await watchDesk(demo.store)
    await viewer.until(({ ping }) => ping !== undefined)
    expect(await priceOf(demo.store)).toBe(2600)
    await demo.command('open-offer', terms)
    const open = await viewer.until(isType('offer.open'))
    expect(parseEvent(open).ok).toBe(true)
    await vi.waitFor(async () => expect(await priceOf(demo.store)).toBe(1300))
    time.now += 60_000
    const closed = await viewer.until(isType('offer.close'))
    expect(closed).toMatchObject({ at: time.now, data: { reason: 'time' } })
    expect(await priceOf(demo.store)).toBe(1300)
    time.now += 15_000
    await vi.waitFor(async () => expect(await priceOf(demo.store)).toBe(2600))
    expect(demo.show.events.filter(isType('offer.close'))).toHaveLength(1)
  })

  it('that ran out while the desk was down is closed when it is back', async () => {
    const { time, now } = clock()
    const before = await startTestDemo({ now })
    await before.command('open-offer', terms)
    await before.stop()
    time.now += 90_000
    const after = await startTestDemo({ now, dataFolder: before.dataFolder })
    await vi.waitFor(() => expect(after.show.events.filter(isType('offer.close'))).toHaveLength(1))
    expect(after.show.epoch).toBe(before.show.epoch)
  })

  it('with a number of pieces counts what goes into carts, and closes when none is left', async () => {
    const demo = await startTestDemo()
    await demo.command('open-offer', { ...terms, quantity: 3 })
    const [variant] = demo.shop.catalogue.find(({ id }) => id === 'mug')?.variants ?? []
    const add = (quantity: number, cookie = '') =>
      fetch(`${demo.store}cart/add.js`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify({ items: [{ id: variant?.number, quantity }] }),
      })
    const first = await add(2)
    await vi.waitFor(() =>
      expect(demo.show.events.at(-1)).toMatchObject({ type: 'offer.update', data: { remaining: 1 } }),
    )
    await add(1, first.headers.get('set-cookie')?.split(';')[0])
    await vi.waitFor(() => expect(demo.show.events.at(-1)).toMatchObject({ data: { reason: 'sold-out' } }))
    await vi.waitFor(async () => expect(await priceOf(demo.store)).toBe(2600))
  })

  it('needs a product, a percentage and a length that make sense', async () => {
    const demo = await startTestDemo()
    for (const wrong of [
      { productIds: ['no'] },
      { productIds: [] },
      { percentOff: 91 },
      { seconds: 0 },
      { title: ' ' },
    ]) {
      expect(await demo.command('open-offer', { ...terms, ...wrong })).toMatchObject({ ok: false })
    }
    expect(demo.show.seq).toBe(1)
  })
})

describe('the show', () => {
  it('is a valid show document while it is live, and a replay of itself once it has ended', async () => {
    const demo = await startTestDemo()
    const viewer = await watchDesk(demo.store)
    await viewer.until(({ ping }) => ping !== undefined)
    const live = check(showSchema, await json(`${demo.store}shows/live.json`))
    expect(live).toMatchObject({ ok: true, value: { status: 'live', events: { adapter: 'socket' } } })
    viewer.send(say('k1', 'lovely'))
    await viewer.until(({ ack }) => ack === 'k1')
    await demo.command('open-offer', { title: 'Last', percentOff: 5, seconds: 600, productIds: ['mug'] })
    await demo.command('end')
    expect(await viewer.until(isType('show.state'))).toMatchObject({ data: { status: 'ended' } })

    const replay = check(showSchema, await json(`${demo.store}shows/live.json`))
    expect(replay).toMatchObject({ ok: true, value: { status: 'replay' } })
    const url = replay.ok ? (replay.value.events?.url ?? '') : ''
    const log = await (await fetch(new URL(url, `${demo.store}shows/live.json`))).text()
    const events = log
      .trim()
      .split('\n')
      .map((line) => parseEvent(JSON.parse(line)))
    expect(events.filter(({ ok }) => !ok)).toEqual([])
    expect(log).toContain('lovely')
    expect(log).toContain('offer.close')
    expect(await demo.command('pin', { ids: ['mug'] })).toMatchObject({ ok: false })
  })

  it('begins anew with a new epoch and tells those who wait to come again', async () => {
    const demo = await startTestDemo()
    const viewer = await watchDesk(demo.store)
    await viewer.until(({ ping }) => ping !== undefined)
    const { epoch } = demo.show
    expect(await demo.command('new-show')).toMatchObject({ ok: false })
    await demo.command('end')
    await demo.command('new-show')
    expect(await viewer.closed()).toBe(4204)
    expect(demo.show).toMatchObject({ seq: 1 })
    expect(demo.show.epoch).not.toBe(epoch)
    expect(await json(`${demo.store}shows/live.json`)).toMatchObject({ status: 'live' })
  })

  it('changes stock in the store and for the viewers together', async () => {
    const demo = await startTestDemo()
    await demo.command('stock', { id: 'mug', variantId: 'mug-ink-s', count: 0 })
    const { variants } = await json(`${demo.store}products/two-glaze-mug.js`)
    expect(variants[0].available).toBe(false)
    expect(demo.show.events.at(-1)).toMatchObject({ type: 'product.stock', data: { variants: { 'mug-ink-s': 0 } } })
  })
})

describe('the autopilot', () => {
  it('pins what the picture shows, and leaves the host’s own pin alone for a minute', async () => {
    const time = { now: 1_800_000_000_000 }
    const demo = await startTestDemo({ now: () => time.now, autopilot: true })
    const pins = () => demo.show.events.filter(isType('product.pin')).map(({ data }) => data.ids)
    const at = (seconds: number) => {
      time.now = (demo.show.startedAt ?? 0) + seconds * 1000
    }
    at(65)
    await vi.waitFor(() => expect(pins().at(-1)).toEqual(['coat']))
    at(76)
    await vi.waitFor(() => expect(pins().at(-1)).toEqual(['lipstick']))
    const texts = () => demo.show.events.filter(isType('chat.message')).length
    const { length } = pins()
    const answer = await demo.command('pin', { ids: ['car'] })
    expect(answer.ok).toBe(true)
    const said = texts()
    at(92)
    await vi.waitFor(() => expect(texts()).toBeGreaterThan(said))
    expect(pins()).toHaveLength(length + 1)
    at(141)
    await vi.waitFor(() => expect(pins().at(-1)).toEqual(['lipstick']))
  })
})

describe('the demo', () => {
  it('answers to this machine’s own names only', async () => {
    const demo = await startTestDemo()
    for (const address of [demo.store, demo.desk, demo.replay]) {
      const { hostname } = new URL(address)
      expect(hostname).toBe('127.0.0.1')
    }
  })

  it('serves pages that the back-forward cache may keep', async () => {
    const demo = await startTestDemo()
    for (const path of ['', 'products/wool-coat', 'cart', 'products/wool-coat?lang=ru']) {
      const response = await fetch(demo.store + path)
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).not.toContain('no-store')
      expect(await response.text()).toContain(path.includes('ru') ? '<html lang="ru">' : '<html lang="en">')
    }
  })
})

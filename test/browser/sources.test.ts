import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { type AddressInfo, connect } from 'node:net'
import { extname } from 'node:path'
import { Server } from 'socket.io'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWebSocketStream, WebSocketServer } from 'ws'
import { describeInChromium } from '../support/chromium.ts'
import { type FakeMqtt, startFakeMqtt } from '../support/fake-mqtt.ts'
import { launcherOf, newViewer, PATIENCE, playerOf, type Viewer, whenConnected } from '../support/viewer.ts'

const DIST = new URL('../../dist/', import.meta.url)
const { resolve } = createRequire(import.meta.url)
/** The real clients, as a shop's page has them. */
const CLIENTS: Readonly<Record<string, string>> = {
  '/socket.io.js': resolve('socket.io-client').replace(/build\/.*/, 'dist/socket.io.min.js'),
  '/mqtt.js': resolve('mqtt').replace(/(build|dist)\/.*/, 'dist/mqtt.min.js'),
}
const products = ['mug', 'coat'].map((id) => ({
  ...{ id, title: id, url: `/${id}`, price: { amount: 2400, currency: 'EUR' } },
}))
const author = { id: '$.user', name: '$.user', role: 'viewer' }
/** The chat of a back end that has never heard of Castcart. */
const CHAT = {
  $switch: '$.kind',
  cases: { message: { type: 'chat.message', id: '$.id', at: '$.at', data: { author, text: '$.body' } } },
}
/** Its word to the viewers, as the page's own table says. */
const SHOP = { type: 'product.pin', data: { ids: ['$.sku'] } }

const SHOWS: Readonly<Record<string, object>> = {
  socketio: { url: 'socketio:castcart', history: 'socketio:history' },
  mqtt: { url: 'mqtt:shows/friday?qos=1' },
  both: { url: 'socketio:castcart', more: [{ url: 'socketio:chat', map: CHAT }] },
  table: { url: 'socketio:shop' },
}

const page = (show: string, attributes = '') => {
  const client = show === 'mqtt' ? "mqtt.connect('ws://' + location.host + '/mqtt')" : 'io({ reconnectionDelay: 50 })'
  const file = show === 'mqtt' ? '/mqtt.js' : '/socket.io.js'
  return `<!doctype html><title>A store</title><script src="${file}"></script>
<script>window.client = ${client}; (window.castcart ||= []).push({ client: window.client })</script>
<script src="/dist/castcart.js" data-show="/${show}.json" data-cart="links" ${attributes}></script>`
}

/** One log of pins, numbered as they come. */
function createLog() {
  const events: object[] = []
  return {
    events,
    pin(id: string) {
      const seq = events.length + 1
      const event = { v: 1, epoch: 'e', seq, id: `e${seq}`, at: Date.now(), type: 'product.pin', data: { ids: [id] } }
      events.push(event)
      return event
    },
  }
}

describeInChromium('sources over the page’s own client', (browser) => {
  const pages: Record<string, string> = {}
  const http = createServer(({ url = '/' }, response) => {
    const [path = '/'] = url.split('?')
    try {
      const [, show = '', isShow] = /^\/(\w*)(\.json)?$/.exec(path) ?? []
      const file = CLIENTS[path] ?? (path.startsWith('/dist/') ? new URL(path.slice(6), DIST) : undefined)
      const document = { version: 1, id: show, title: show, status: 'live', events: SHOWS[show], products }
      const body = file ? readFileSync(file) : isShow ? JSON.stringify(document) : pages[show]
      const type = isShow ? 'application/json' : extname(path) ? 'text/javascript' : 'text/html'
      response.writeHead(body === undefined ? 404 : 200, { 'content-type': type }).end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  const io = new Server(http, { serveClient: false })
  const sockets = new WebSocketServer({ noServer: true })
  let broker: FakeMqtt
  let origin: string
  beforeAll(async () => {
    broker = await startFakeMqtt()
    http.on('upgrade', (request, socket, head) => {
      if (request.url !== '/mqtt') return
      sockets.handleUpgrade(request, socket, head, (line) => {
        const [near, far] = [createWebSocketStream(line), connect(Number(new URL(broker.url).port), '127.0.0.1')]
        for (const end of [near, far]) end.on('error', () => {})
        near.pipe(far).pipe(near)
      })
    })
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    await io.close()
    await broker?.stop()
    http.closeAllConnections()
  })

  async function open(show: string, attributes?: string): Promise<Viewer> {
    pages[show] = page(show, attributes)
    const viewer = await newViewer(browser())
    await viewer.page.goto(`${origin}/${show}`)
    await launcherOf(viewer.page).click()
    await playerOf(viewer.page).waitFor(PATIENCE)
    await whenConnected(viewer.page)
    return viewer
  }
  const leave = async (viewer: Viewer) => {
    expect([viewer.errors, viewer.said]).toEqual([[], []])
    await viewer.close()
  }
  const card = (viewer: Viewer, id: string) => playerOf(viewer.page).locator(`[part=card][data-product=${id}]`)
  const adapters = (viewer: Viewer) =>
    viewer.asked.flatMap(
      (url) => /\/app\/(socketio|mqtt|nats|ably|pusher|centrifugo|sse|feed|map|combine)-/.exec(url)?.[1] ?? [],
    )

  it('brings a Socket.IO server’s events on screen, and what was missed while it was cut', async () => {
    const log = createLog()
    io.removeAllListeners('connection').on('connection', (socket) =>
      socket.on('history', ({ after }, answer) => answer({ events: log.events.slice(after) })),
    )
    const viewer = await open('socketio')
    io.emit('castcart', log.pin('mug'))
    await card(viewer, 'mug').waitFor(PATIENCE)
    const back = new Promise((resolve) => io.once('connection', resolve))
    for (const socket of io.sockets.sockets.values()) socket.conn.close()
    log.pin('coat')
    await back
    await card(viewer, 'coat').waitFor(PATIENCE)
    expect(adapters(viewer)).toEqual(['socketio'])
    await leave(viewer)
  })

  it('brings an MQTT broker’s events on screen', async () => {
    const log = createLog()
    const viewer = await open('mqtt')
    broker.publish('shows/friday', JSON.stringify(log.pin('mug')))
    await card(viewer, 'mug').waitFor(PATIENCE)
    expect(adapters(viewer)).toEqual(['mqtt'])
    await leave(viewer)
  })

  it('takes pins from the log and chat from a back end beside it, by a template in the show, and no pin from the chat', async () => {
    io.removeAllListeners('connection')
    const log = createLog()
    const viewer = await open('both')
    const forged = { v: 1, epoch: 'e', seq: 1, type: 'product.pin', data: { ids: ['coat'] } }
    // What is beside the log connects by itself: the chat's message says when.
    await expect
      .poll(async () => {
        io.emit('chat', { ...forged, id: 'f', at: 1 })
        io.emit('chat', {
          ...forged,
          kind: 'message',
          id: 'c1',
          at: Date.now(),
          user: 'Anna',
          body: 'Is it dishwasher safe?',
        })
        return playerOf(viewer.page).getByText('Is it dishwasher safe?').count()
      }, PATIENCE)
      .toBeGreaterThan(0)
    expect(await playerOf(viewer.page).getByText('Is it dishwasher safe?').count()).toBe(1)
    expect(await playerOf(viewer.page).locator('[part=card]').count()).toBe(0)
    io.emit('castcart', log.pin('mug'))
    await card(viewer, 'mug').waitFor(PATIENCE)
    expect(adapters(viewer).sort()).toEqual(['combine', 'map', 'socketio'])
    await leave(viewer)
  })

  it('reads a back end’s own messages by a table in the tag', async () => {
    const viewer = await open('table', `data-map='${JSON.stringify(SHOP)}'`)
    io.emit('shop', { sku: 'coat' })
    await card(viewer, 'coat').waitFor(PATIENCE)
    io.emit('shop', { sku: 'mug' })
    await card(viewer, 'mug').waitFor(PATIENCE)
    await leave(viewer)
  })
})

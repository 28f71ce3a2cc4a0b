import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { io, type Socket } from 'socket.io-client'
import { afterEach, describe, expect, it } from 'vitest'
import { socketio } from '../../src/adapters/socketio.ts'
import { testAdapter } from '../contracts/adapter.ts'

import { startFakeLog } from '../support/fake-log.ts'
import { hearInTests } from '../support/hear-adapter.ts'
import { until } from '../support/until.ts'

/** A real Socket.IO server, its log in memory, and a real client that has not dialled yet. */
async function startSocketIo(more: { readonly recovers?: boolean } = {}) {
  const log = await startFakeLog()
  const http = createServer()
  const recovery = more.recovers ? { connectionStateRecovery: {} } : {}
  const server = new Server(http, { ...recovery, serveClient: false })
  const addresses: string[] = []
  const refusal: { error?: Error & { data?: unknown } } = {}
  let token: string | undefined
  server.use((socket, next) => {
    const error = refusal.error
    delete refusal.error
    if (error) return next(error)
    next(token === undefined || socket.handshake.auth.token === token ? undefined : new Error('unauthorized'))
  })
  server.on('connection', (socket) => {
    addresses.push(socket.handshake.url)
    for (const name of ['snapshot', 'history', 'send'])
      socket.on(name, (question, answer) => answer(log.answer(name, question)))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const clients: Socket[] = []
  const client = (options = {}) => {
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
    const socket = io(url, { autoConnect: false, transports: ['websocket'], reconnectionDelay: 50, ...options })
    clients.push(socket)
    return socket
  }
  return {
    log,
    server,
    addresses,
    client,
    refuse(message: string, data?: unknown) {
      refusal.error = Object.assign(new Error(message), { data })
    },
    requireToken(wanted: string) {
      token = wanted
    },
    publish: (count: number) => server.emit('castcart', log.write(count)),
    async stop() {
      for (const socket of clients) socket.disconnect()
      await server.close()
      await log.stop()
    },
  }
}

testAdapter('socketio', async () => {
  const source = await startSocketIo()
  const socket = source.client()
  const names = { snapshot: 'snapshot', history: 'history', send: 'send' }
  const adapter = socketio({ socket, ...names })
  const listening = () => socket.listeners('castcart').length
  return {
    adapter,
    epoch: source.log.epoch,
    publish: (count) => void source.publish(count),
    connections: listening,
    addresses: () => source.addresses,
    endings: {
      network: { after: () => source.server.disconnectSockets(true) },
      unauthorized: { before: () => source.refuse('unauthorized') },
      denied: { before: () => source.refuse('no', { status: 403 }) },
      overloaded: { before: () => source.refuse('busy', { status: 503 }) },
    },
    requireToken: source.requireToken,
    garble() {
      for (const raw of ['{not json', null, 7, { later: 1 }, 'x'.repeat(200_000)]) source.server.emit('castcart', raw)
    },
    stop: source.stop,
  }
})

describe('socketio', () => {
  let source: Awaited<ReturnType<typeof startSocketIo>>
  afterEach(async () => {
    await source.stop()
  })
  const hear = hearInTests()

  it('takes a drop that Socket.IO recovers for none: what was sent meanwhile comes, and nothing twice', async () => {
    source = await startSocketIo({ recovers: true })
    const socket = source.client()
    const heard = hear(socketio({ socket, history: 'history' }))
    await until(() => expect(heard.calls).toContain('open'))
    source.publish(2)
    await until(() => expect(heard.seqs()).toEqual([1, 2]))
    socket.io.engine.close()
    source.publish(2)
    await until(() => expect(heard.seqs()).toEqual([1, 2, 3, 4]))
    expect(socket.recovered).toBe(true)
    expect(heard.closed).toBeUndefined()
  })

  it('ends where Socket.IO came back without what was missed', async () => {
    source = await startSocketIo()
    const socket = source.client()
    const heard = hear(socketio({ socket }))
    await until(() => expect(heard.calls).toContain('open'))
    socket.io.engine.close()
    await until(() => expect(heard.closed).toBe('network'))
    expect(socket.listeners('castcart')).toEqual([])
  })

  it('leaves the shop its socket: it stays connected when the player closes', async () => {
    source = await startSocketIo()
    const socket = source.client()
    const heard = hear(socketio({ socket }))
    await until(() => expect(heard.calls).toContain('open'))
    heard.stop()
    expect(socket.connected).toBe(true)
    expect(socket.listeners('connect')).toEqual([])
  })

  it('leaves an auth function of the shop alone', async () => {
    source = await startSocketIo()
    source.requireToken('theirs')
    const auth = (give: (data: object) => void) => give({ token: 'theirs' })
    const heard = hear(socketio({ socket: source.client({ auth }) }), undefined, { getToken: async () => 'ours' })
    await until(() => expect(heard.calls).toContain('open'))
  })

  it('samples the clock by the answerer of actions, and has no actions without one', async () => {
    source = await startSocketIo()
    const heard = hear(socketio({ socket: source.client(), send: 'send' }))
    await until(() => expect(heard.samples).toHaveLength(1))
    expect(socketio({ socket: source.client() }).send).toBeUndefined()
    expect(socketio({ socket: source.client() }).actions).toBeUndefined()
  })
})

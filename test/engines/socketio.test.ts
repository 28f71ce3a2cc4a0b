import { afterAll, beforeAll } from 'vitest'
import { socketio } from '../../src/adapters/socketio.ts'
import { testAdapter } from '../contracts/adapter.ts'
import { startFaultProxy } from '../contracts/fault-proxy.ts'
import { describeEngine } from './describe-engine.ts'
import { startLogServer } from './log-server.ts'
import { connectSocketIo, type SocketIoServer, serveShow, socketIoEngine, startSocketIo } from './socketio-server.ts'
import { testEngineStorm } from './storm.ts'

describeEngine('Socket.IO', [], () => {
  let server: SocketIoServer
  let shows = 0
  beforeAll(async () => {
    server = await startSocketIo()
  })
  afterAll(() => server.stop())

  testAdapter('socketio over Socket.IO', async () => {
    const show = `shop${++shows}`
    const [proxy, log] = [await startFaultProxy(server.url), await startLogServer()]
    serveShow(server, show, log)
    const space = server.io.of(`/${show}`)
    const asked: string[] = []
    space.use((socket, next) => {
      asked.push(socket.handshake.url)
      next()
    })
    // The link's attempts dial, so that what the server is asked is theirs.
    const socket = connectSocketIo(proxy.url, show, { autoConnect: false })
    const adapter = socketio({ socket, snapshot: 'snapshot', history: 'history', send: 'send' })
    const refuse = (status: number) => () => {
      log.refuse = status
      socket.disconnect()
    }
    return {
      adapter,
      epoch: log.epoch,
      publish(count) {
        for (let n = 0; n < count; n++) space.emit('castcart', log.append('product.pin', { ids: ['mug'] }))
      },
      // The socket is the shop's and stays; what must go are the adapter's ears.
      connections: () => socket.listeners('castcart').length,
      addresses: () => asked,
      endings: {
        unauthorized: { before: refuse(401) },
        denied: { before: refuse(403) },
        network: {
          before() {
            log.refuse = undefined
          },
          after: () => space.disconnectSockets(),
        },
      },
      requireToken(token) {
        log.token = token
      },
      garble() {
        for (const text of ['{not json', null, { later: 1 }, '\u0000', 'x'.repeat(500_000)])
          space.emit('castcart', text)
      },
      async stop() {
        socket.close()
        await proxy.stop()
        await log.stop()
      },
    }
  })

  // Socket.IO's own client throws into the page where the JSON of its handshake is broken, which no TCP line does.
  testEngineStorm('Socket.IO', socketIoEngine, { without: ['corrupt', 'truncate'] })
})

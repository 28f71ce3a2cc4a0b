import { socket } from '../../src/adapters/socket.ts'
import { sse } from '../../src/adapters/sse.ts'
import { startFakeDesk } from '../support/fake-desk.ts'
import type { Engine } from './engine.ts'

/** The small desk of the tests as an engine, for comparison: it speaks docs/protocol.md itself. One show. */
export async function fakeDeskEngine(kind: 'socket' | 'sse'): Promise<Engine> {
  const desk = await startFakeDesk()
  return {
    openShow: async () => ({
      log: {
        url: desk.url,
        epoch: desk.epoch,
        events: desk.events,
        append(type, data) {
          desk.publish(type as 'product.pin', data as { ids: string[] })
          return {}
        },
      },
      target: desk.url,
      publish() {},
      viewer: async ({ engine, log }) => {
        const at = { url: `${engine}events`, snapshot: `${log}snapshot`, history: `${log}history` }
        return { adapter: kind === 'socket' ? socket(at) : sse(at), close() {} }
      },
      stop: async () => {},
    }),
    stop: desk.stop,
  }
}

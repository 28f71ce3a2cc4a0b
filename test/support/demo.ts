import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Demo } from '../../examples/live-shop/server/start-demo.mjs'
import { startDemo } from '../../examples/live-shop/server/start-demo.mjs'
import { compact } from '../../src/state/room.ts'

/**
 * The real demo in this process: store, desk and recorded show with their video, on free ports, with carts and logs in a folder
 * of their own and no scripted host. `stop()` ends it and takes the folder away.
 */
export async function startWholeDemo(): Promise<Demo> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'castcart-demo-'))
  const loadCompact = async () => (events: readonly unknown[], place: { epoch: string; seq: number; at: number }) =>
    compact(events, place)
  const demo = await startDemo({ autopilot: false, secret: 'the host knows', loadCompact, dataFolder })
  const { stop } = demo
  return Object.assign(demo, {
    async stop() {
      await stop()
      await rm(dataFolder, { recursive: true, force: true })
    },
  })
}

/** The host acts; rejects where the desk says no. Gives the event that was written. */
export async function host(demo: Demo, ...[name, data]: Parameters<Demo['command']>) {
  const answer = await demo.command(name, data)
  if (!answer.ok) throw new Error(`${name}: ${answer.message}`)
  return answer.event
}

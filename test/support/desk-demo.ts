import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Demo, type DemoOptions, startDemo } from '../../examples/live-shop/server/start-demo.mjs'
import { compact } from '../../src/state/room.ts'

export const SECRET = 'the host knows'

/** The demo without video and autopilot, on free ports and a folder of its own, gone when the test is over. */
export async function startTestDemo(options: DemoOptions = {}): Promise<Demo & { dataFolder: string }> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'castcart-desk-')))
  const loadCompact = async () => (events: readonly unknown[], place: { epoch: string; seq: number; at: number }) =>
    compact(events, place)
  const demo = await startDemo({ media: null, autopilot: false, secret: SECRET, loadCompact, ...options, dataFolder })
  onTestFinished(async () => {
    await demo.stop().catch(() => {})
    await rm(dataFolder, { recursive: true, force: true })
  })
  return Object.assign(demo, { dataFolder })
}

/** Headers of a page of the desk's own server. */
export const fromDesk = (desk: string): Record<string, string> => ({
  'content-type': 'application/json',
  origin: new URL(desk).origin,
})

/** Signs in and returns the headers of a host. */
export async function signIn(desk: string, secret: string = SECRET): Promise<Record<string, string>> {
  const response = await fetch(new URL('/desk/session', desk), {
    method: 'POST',
    headers: fromDesk(desk),
    body: JSON.stringify({ secret }),
  })
  const cookie = response.headers.get('set-cookie')?.split(';')[0]
  if (!response.ok || !cookie) throw new Error(`not signed in: ${response.status}`)
  return { ...fromDesk(desk), cookie }
}

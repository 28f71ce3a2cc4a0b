import type { Demo } from '../../examples/live-shop/server/start-demo.mjs'
import type { Frame } from './desk-viewer.ts'

let count = 0

/** What a viewer does at a desk, over HTTP, each under a key of its own; resolves with the desk's answer. */
export async function act(
  demo: Pick<Demo, 'store'>,
  guest: string,
  type: string,
  data: object,
  more: { key?: string; moment?: number } = {},
): Promise<Frame> {
  const response = await fetch(new URL('/events/stream', demo.store), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type, key: `k-${++count}`, ...more, data: { ...data, guest } }),
  })
  return response.json()
}

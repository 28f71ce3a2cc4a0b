import { vi } from 'vitest'
import { WebSocket } from 'ws'

/** A frame of the wire, as it came. */
export type Frame = Record<string, unknown>

/** A plain viewer on a desk's socket: what it was sent, and why the line ended. */
export interface DeskViewer {
  readonly frames: readonly Frame[]
  /** Events out of the frames, those in lists too. */
  events(): Frame[]
  send(frame: unknown): void
  /** The first frame or event that answers to `wanted`, as soon as it is there. */
  until(wanted: (frame: Frame) => boolean): Promise<Frame>
  closed(): Promise<number>
  close(): void
}

/**
 * Connects to a desk.
 * @param address of its server, `http://…/`
 * @param hello sent at once; `null`: nothing is said
 */
export async function watchDesk(
  address: string,
  hello: object | null = { v: 1, locale: 'en' },
  headers: Record<string, string> = {},
): Promise<DeskViewer> {
  const socket = new WebSocket(new URL('events/socket', address.replace(/^http/, 'ws')), { headers })
  const frames: Frame[] = []
  let code = 0
  socket.on('message', (data) => {
    const frame: unknown = JSON.parse(data.toString())
    for (const one of [frame].flat()) frames.push(one as Frame)
  })
  socket.on('close', (why) => {
    code = why
  })
  await new Promise((resolve, reject) => {
    socket.on('open', resolve)
    socket.on('error', reject)
  })
  socket.on('error', () => {})
  const send = (frame: unknown) => socket.send(JSON.stringify(frame))
  if (hello) send({ hello })
  return {
    frames,
    events: () => frames.filter(({ type }) => typeof type === 'string'),
    send,
    until: (wanted) =>
      vi.waitFor(
        () => {
          const found = frames.find(wanted)
          if (!found) throw new Error(`not yet, only ${JSON.stringify(frames).slice(0, 2000)}`)
          return found
        },
        { timeout: 5000, interval: 5 },
      ),
    closed: () =>
      vi.waitFor(
        () => {
          if (!code) throw new Error('still open')
          return code
        },
        { timeout: 5000, interval: 5 },
      ),
    close: () => socket.terminate(),
  }
}

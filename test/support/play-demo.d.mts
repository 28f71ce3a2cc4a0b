import type { DeskEvent } from '../../examples/live-shop/server/start-demo.mjs'

export interface PlayedDemo {
  /** What the host did. */
  readonly did: readonly {
    readonly name: string
    readonly data: Record<string, unknown>
    readonly answer: { readonly ok: boolean; readonly message?: string }
  }[]
  /** What the guests did; without an `answer` there was nothing to do. */
  readonly acted: readonly {
    readonly at: number
    readonly guest: string
    readonly type?: string
    readonly answer?: { readonly ok: boolean; readonly reason?: string }
  }[]
  readonly events: readonly DeskEvent[]
}

export function playDemo(options: { folder: string; seconds: number }): Promise<PlayedDemo>

/** What a {@link mirror} needs of a BroadcastChannel. */
export interface Channel {
  postMessage(data: unknown): void
  onmessage: ((event: MessageEvent) => void) | null
  close(): void
}

/** Makes the channel of a name; `undefined` where the browser has none. */
export type MakeChannel = (name: string) => Channel | undefined

/** Tells the other tabs of this origin that something is new. What it is they ask for themselves: another store may be on their page. */
export interface Mirror {
  /** Begins to listen; nothing is opened before. */
  open(): void
  /** Tells the others, not oneself. */
  post(): void
}

/**
 * Has every tab know of news. A hidden tab lets its channel go, which keeps the back-forward cache open to it, and `onNews` is called when it
 * is seen again; the listeners end with `signal`.
 */
export function mirror(options: {
  readonly name: string
  readonly signal: AbortSignal
  readonly onNews: () => void
  readonly channel?: MakeChannel | undefined
}): Mirror {
  const { name, signal, channel = broadcastChannel } = options
  let line: Channel | undefined
  let used = false

  const close = () => {
    line?.close()
    line = undefined
  }
  const open = () => {
    if (signal.aborted) return
    line ??= channel(name)
    if (line) line.onmessage = options.onNews
    if (used) return
    used = true
    signal.addEventListener('abort', close)
    globalThis.document?.addEventListener(
      'visibilitychange',
      () => (document.visibilityState === 'hidden' ? close() : options.onNews()),
      { signal },
    )
  }
  return {
    open,
    post() {
      open()
      line?.postMessage(0)
    },
  }
}

function broadcastChannel(name: string): Channel | undefined {
  try {
    return new BroadcastChannel(name)
  } catch {
    return undefined
  }
}

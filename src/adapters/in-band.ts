import type { ActionType, ViewerAction } from '../model/action.ts'
import { ACTION_TYPES } from '../model/action.ts'
import type { AdapterContext, EventAdapter, EventSink } from '../model/adapter.ts'
import { logRequests } from './log-requests.ts'
import { postAction } from './post-action.ts'

/** Ms between two signs of life: a stream without cues is no dead line. */
const BEAT = 10_000

/**
 * Events inside the video: a DATERANGE's attribute `X-CASTCART` or an ID3 frame (TXXX, PRIV) of the HLS stream, hls.js and Safari alike
 * (docs/protocol.md). They come when the picture does. Seeking leaves cues out, so their places may have holes.
 * @param source `snapshot`, `history`: addresses, for those who come late; `send`: where actions go
 */
export function inBand(
  source: {
    readonly snapshot?: string | undefined
    readonly history?: string | undefined
    readonly send?: string | undefined
    readonly actions?: readonly ActionType[] | undefined
  } = {},
): EventAdapter {
  const { send, actions = ACTION_TYPES } = source
  return {
    name: 'in-band',
    readsCues: true,
    anyOrder: true,
    ...logRequests(source),
    ...(send && {
      actions,
      send: (action: ViewerAction, context: AdapterContext) => postAction(send, action, context),
    }),
    connect: listen,
  }
}

function listen(sink: EventSink, { signal, metadata }: AdapterContext): void {
  if (signal.aborted) return
  if (!metadata) {
    sink.problem('in-band: there is no picture')
    sink.closed({ code: 'denied' })
    return
  }
  sink.open()
  const stop = metadata.subscribe(({ data }) => {
    const text = textOf(data)
    if (text && /^\s*[{[]/.test(text)) sink.events([text])
  })
  const beat = setInterval(() => sink.events([]), BEAT)
  signal.addEventListener('abort', () => {
    stop()
    clearInterval(beat)
  })
}

/** What a cue says, where it is of a kind that we read. */
function textOf(cue: unknown): string | undefined {
  if (typeof cue === 'string') return cue
  const { key, data } = Object(cue) as Record<string, unknown>
  if (key === 'X-CASTCART') return typeof data === 'string' ? unescaped(data) : undefined
  if (key !== 'TXXX' && key !== 'PRIV') return undefined
  const text = typeof data === 'string' ? data : isBytes(data) ? new TextDecoder().decode(data) : undefined
  // ID3 ends its texts with a zero.
  return text?.replace(/\0+$/, '')
}

/** Bytes of another window's kind count too. */
const isBytes = (data: unknown): data is ArrayBuffer | Uint8Array =>
  ArrayBuffer.isView(data) || Object.prototype.toString.call(data) === '[object ArrayBuffer]'

/** An attribute of a playlist holds neither quotes nor line ends, so what is in it is percent-encoded. */
function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

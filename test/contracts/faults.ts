/**
 * What happens to one message (a WebSocket message, one block of an event stream, the body of a plain answer).
 * `drop`: it never arrives · `duplicate`: twice · `reorder`: after the one behind it, or a little later · `truncate`: its second half is missing ·
 * `corrupt`: eight bytes in its middle are NUL, which no JSON survives · `cut`: half of its bytes arrive, then the connection is gone without a close
 * frame · `freeze`: neither it nor anything else on this connection arrives until `thaw` or `cut` · `delay`: ms, and what is behind it waits too ·
 * `flood`: this many times at once · `pieces`: so many bytes at a time.
 */
export type MessageFault =
  | 'drop'
  | 'duplicate'
  | 'reorder'
  | 'truncate'
  | 'corrupt'
  | 'cut'
  | 'freeze'
  | { readonly delay: number }
  | { readonly flood: number }
  | { readonly pieces: number }

/**
 * What happens to one request or handshake. `drop`: hung up without an answer · `freeze`: no answer, ever · `wrong-type`: 200 with a page of HTML ·
 * `status`: this answer, with `Retry-After` in seconds where given · `delay`: asked that many ms later.
 */
export type RequestFault =
  | 'drop'
  | 'freeze'
  | 'wrong-type'
  | { readonly status: number; readonly retryAfter?: number }
  | { readonly delay: number }

/** A request on its way up; a WebSocket's handshake is one. */
export interface PassingRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
}

/** A message on its way. */
export interface PassingMessage {
  readonly kind: 'http' | 'events' | 'socket'
  /** `down`: to the client. Bodies of requests are not messages. */
  readonly way: 'up' | 'down'
  /** Path and query of the request that opened the way. */
  readonly url: string
  readonly text: string
}

/** Who decides; an absent rule, or `undefined`, lets pass. */
export interface FaultRules {
  request?(request: PassingRequest): RequestFault | undefined
  message?(message: PassingMessage): MessageFault | undefined
}

/** Faults to come, and those that were. */
export interface Faults {
  /** Asked about all that no planned fault is for. */
  rules: FaultRules
  /** The next `count` messages down suffer this, first planned first. Absent: one. */
  next(fault: MessageFault, count?: number): void
  /** The next `count` requests suffer this. Absent: one. */
  nextRequest(fault: RequestFault, count?: number): void
  /** How often each was done, by its name. */
  readonly done: Readonly<Record<string, number>>
  /** How many were done. */
  total(): number
}

/** The judge behind a {@link Faults}: planned first, then the rules; it counts. */
export interface FaultJudge extends Faults {
  judgeRequest(request: PassingRequest): RequestFault | undefined
  judgeMessage(message: PassingMessage): MessageFault | undefined
}

/** Makes a judge that lets everything pass until told otherwise. */
export function createFaults(rules: FaultRules = {}): FaultJudge {
  const messages: MessageFault[] = []
  const requests: RequestFault[] = []
  const done: Record<string, number> = {}
  const count = <F extends MessageFault | RequestFault>(fault: F | undefined): F | undefined => {
    const name = typeof fault === 'object' ? Object.keys(fault)[0] : fault
    if (typeof name === 'string') done[name] = (done[name] ?? 0) + 1
    return fault
  }
  return {
    rules,
    done,
    next: (fault, times = 1) => void messages.push(...Array<MessageFault>(times).fill(fault)),
    nextRequest: (fault, times = 1) => void requests.push(...Array<RequestFault>(times).fill(fault)),
    total: () => Object.values(done).reduce((sum, number) => sum + number, 0),
    judgeRequest(request) {
      return count(requests.shift() ?? this.rules.request?.(request))
    },
    judgeMessage(message) {
      return count((message.way === 'down' ? messages.shift() : undefined) ?? this.rules.message?.(message))
    },
  }
}

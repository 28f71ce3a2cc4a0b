import type { FaultRules, MessageFault, RequestFault } from './faults.ts'

/** What {@link seededFaults} may do, and how often. */
export interface SeededFaultOptions {
  /** Part of the messages that suffer, 0 to 1. Absent: 0.1. */
  readonly messages?: number
  /** Part of the requests and handshakes that suffer, 0 to 1. Absent: 0.2. */
  readonly requests?: number
  /** Longest delay, ms. Absent: 100. */
  readonly delay?: number
  /** Faults that are never done, by name: those from which this client or server cannot come back. */
  readonly without?: readonly string[]
  /** Turns false when the weather clears: all passes from then on. Absent: never. */
  readonly rages?: () => boolean
}

type Make<F> = readonly [name: string, make: (random: () => number) => F]

const MESSAGE_FAULTS = (delay: number): readonly Make<MessageFault>[] => [
  ['drop', () => 'drop'],
  ['cut', () => 'cut'],
  ['delay', (random) => ({ delay: random() * delay })],
  ['duplicate', () => 'duplicate'],
  ['reorder', () => 'reorder'],
  ['truncate', () => 'truncate'],
  ['corrupt', () => 'corrupt'],
  ['pieces', (random) => ({ pieces: 1 + Math.floor(random() * 30) })],
  ['flood', (random) => ({ flood: 3 + Math.floor(random() * 20) })],
  ['freeze', () => 'freeze'],
]

const REQUEST_FAULTS = (delay: number): readonly Make<RequestFault>[] => [
  ['drop', () => 'drop'],
  ['delay', (random) => ({ delay: random() * delay })],
  ['status', (random) => ({ status: random() < 0.5 ? 503 : 500 })],
  ['status', () => ({ status: 429, retryAfter: 0 })],
  ['wrong-type', () => 'wrong-type'],
  ['freeze', () => 'freeze'],
]

/**
 * Rules that break things by chance; the same `random` gives the same faults for the same traffic. No 401 and no other final word is among them.
 * @param random from 0 to below 1
 */
export function seededFaults(random: () => number, options: SeededFaultOptions = {}): FaultRules {
  const { messages = 0.1, requests = 0.2, delay = 100, without = [], rages = () => true } = options
  const choose = <F>(share: number, all: readonly Make<F>[]): F | undefined => {
    if (!rages() || random() >= share) return undefined
    const kinds = all.filter(([name]) => !without.includes(name))
    return kinds[Math.floor(random() * kinds.length)]?.[1](random)
  }
  return {
    request: () => choose(requests, REQUEST_FAULTS(delay)),
    message: () => choose(messages, MESSAGE_FAULTS(delay)),
  }
}

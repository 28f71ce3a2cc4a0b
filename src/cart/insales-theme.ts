import { pageGlobal } from '../lib/page-global.ts'
import { quietly } from './tell-theme.ts'

/** What `common.js` (versions 1 and 2) is asked to do with the cart. */
export interface SalesTask {
  readonly method: 'add' | 'set' | 'delete' | 'setCoupon'
  readonly items?: Readonly<Record<string, number>> | readonly number[]
  readonly comments?: Readonly<Record<string, string>>
  readonly coupon?: string
}

type Heard = (data?: unknown) => void
interface Bus {
  subscribe(event: string, heard: Heard): unknown
  unsubscribe?(event: string, heard: Heard): unknown
}

const CHANGED = 'update_items:insales:cart'
const DONE = 'always:insales:cart'

/** The bus of version 2, or one made of version 1's. */
function busOf(): Bus | undefined {
  const bus = pageGlobal<Bus>('EventBus')
  if (typeof bus?.subscribe === 'function') return bus
  const old =
    pageGlobal<(event: string) => { subscribe(heard: Heard): void; unsubscribe(heard: Heard): void }>('Events')
  return typeof old === 'function'
    ? {
        subscribe: (event, heard) => old(event).subscribe(heard),
        unsubscribe: (event, heard) => old(event).unsubscribe(heard),
      }
    : undefined
}

/** Whether the theme keeps the cart itself and can do this: then it must, or its next change would undo ours. */
export function hasThemeCart({ method }: SalesTask): boolean {
  const cart = pageGlobal<Record<string, unknown>>('Cart')
  return !!busOf() && typeof cart?.[method] === 'function'
}

/**
 * Lets the theme's own `Cart` make a change, so that its mini-cart draws itself. `true`: the shop answered; `false`: it did not.
 * Rejects when `signal` aborts.
 */
export function changeByTheme({ method, ...task }: SalesTask, signal: AbortSignal): Promise<boolean> {
  const bus = busOf()
  const cart = pageGlobal<Record<string, (task: object) => void>>('Cart')
  const off = new AbortController()
  return new Promise<boolean>((resolve, reject) => {
    // The bus tells a new listener at once what came last; only what comes after the call counts.
    let isAsked = false
    let isAnswered = false
    listen(bus, CHANGED, { signal: off.signal, heard: () => (isAnswered ||= isAsked) })
    listen(bus, DONE, { signal: off.signal, heard: () => isAsked && resolve(isAnswered) })
    signal.addEventListener('abort', () => reject(signal.reason), { signal: off.signal })
    isAsked = true
    cart?.[method]?.(task)
  }).finally(() => off.abort())
}

/** Calls back after every change that the theme makes; what came before is no news. */
export function watchThemeCart(onChange: () => void): () => void {
  const off = new AbortController()
  let isOn = false
  listen(busOf(), CHANGED, { signal: off.signal, heard: () => isOn && onChange() })
  isOn = true
  return () => off.abort()
}

function listen(
  bus: Bus | undefined,
  event: string,
  { signal, heard }: { signal: AbortSignal; heard: () => unknown },
): void {
  const hear: Heard = () => signal.aborted || heard()
  quietly(() => bus?.subscribe(event, hear))
  signal.addEventListener('abort', () => quietly(() => bus?.unsubscribe?.(event, hear)))
}

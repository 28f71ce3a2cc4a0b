import { within } from '../lib/within.ts'
import type { PlaybackTrouble } from '../model/player.ts'

/**
 * What an engine could not overcome by itself. `lost`: playlist or segments fail · `not-found`: the address has nothing ·
 * `expired`: 401, 403 or 410 · `frozen`: a live playlist that has stopped moving, and that the engine goes on asking for ·
 * `decode`: the media cannot be decoded · `stuck`: it is taken in and nothing comes out · `engine`: the engine itself could not be had or started · `unsupported`: hopeless.
 */
export type Fault = 'lost' | 'not-found' | 'expired' | 'frozen' | 'decode' | 'stuck' | 'engine' | 'unsupported'

/** What recovery can do, given by the player. */
export interface RecoveryActions {
  /** Rebuilds the decoder's buffers where they are. */
  recoverMedia(): void
  /** Loads again at the same moment; `attempt` counts from 1 within one episode. `src` only where it changed. */
  reload(attempt: number, src?: string): void
  /** Asks the page for a new address; may reject. Absent: the old one is used again. */
  readonly freshSource?: (() => Promise<string>) | undefined
  /** Called whenever `trouble` or `hopeless` changed. */
  onChange(): void
  now(): number
  /** 0 to 1. */
  random(): number
  readonly signal: AbortSignal
}

/** The state of repair. */
export interface Recovery {
  readonly trouble: PlaybackTrouble | undefined
  /** True when only a changed source or browser would help. */
  readonly hopeless: boolean
  fault(fault: Fault): void
  /** Pictures are moving: called often. Ends the episode after ten seconds of it. */
  healthy(): void
  /** Tries at once and forgets what was tried before. */
  retry(): void
}

const MEDIA_RECOVERY_EVERY = 5_000
const MEDIA_RECOVERIES = 2
const EPISODE_END = 10_000
const FIRST_WAIT = 2_000
const LONGEST_WAIT = 30_000
const FRESH_TIMEOUT = 15_000

/** Milliseconds before an attempt (from 1): 2, 4, 8, 16, 30 seconds, less up to a quarter by `random` so that viewers spread. */
export function retryDelay(attempt: number, random: number): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(attempt - 1, 5)) * (1 - random / 4)
}

/**
 * The outer loop around an engine. A decoder is rebuilt at most every five seconds and twice per episode, then the source is loaded anew; what the network
 * took is asked for again for as long as the player lives, at once when the browser comes online; an expired address is replaced
 * once per episode (again if the page could not answer).
 */
export function createRecovery(actions: RecoveryActions): Recovery {
  let trouble: PlaybackTrouble | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let attempt = 0
  let mediaAt = Number.NEGATIVE_INFINITY
  let mediaTries = 0
  let healthySince: number | undefined
  let asked = false
  let asking = false

  const set = (next: PlaybackTrouble | undefined) => {
    if (trouble === next) return
    trouble = next
    actions.onChange()
  }
  const reload = (src?: string) => {
    clearTimeout(timer)
    timer = undefined
    healthySince = undefined
    if (!actions.signal.aborted) actions.reload(++attempt, src)
  }
  const later = () => {
    if (!asking) timer ??= setTimeout(() => reload(), retryDelay(attempt + 1, actions.random()))
  }
  const ask = async (fresh: () => Promise<string>) => {
    asked = asking = true
    const src = await answer(fresh, actions.signal)
    asking = false
    if (src === undefined) asked = false
    if (actions.signal.aborted || !trouble) return
    if (src === undefined) later()
    else reload(src)
  }
  const decode = (canRebuild: boolean) => {
    const now = actions.now()
    if (canRebuild && now - mediaAt >= MEDIA_RECOVERY_EVERY && mediaTries < MEDIA_RECOVERIES) {
      mediaAt = now
      mediaTries++
      actions.recoverMedia()
    } else if (attempt === 0) reload()
    else {
      set('decode')
      later()
    }
  }

  actions.signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  if (typeof addEventListener === 'function')
    addEventListener('online', () => trouble && !asking && trouble !== 'unsupported' && reload(), {
      signal: actions.signal,
    })

  const forget = () => {
    attempt = mediaTries = 0
    asked = false
  }

  return {
    get trouble() {
      return trouble
    },
    get hopeless() {
      return trouble === 'unsupported'
    },
    fault(fault) {
      if (actions.signal.aborted || trouble === 'unsupported') return
      healthySince = undefined
      if (fault === 'decode' || fault === 'stuck') return decode(fault === 'decode')
      set(fault === 'lost' || fault === 'frozen' ? 'network' : fault)
      if (fault === 'unsupported') return clearTimeout(timer)
      if (fault === 'frozen') return
      if (fault === 'expired' && !asked && actions.freshSource) void ask(actions.freshSource)
      else later()
    },
    healthy() {
      if (timer !== undefined || asking) return
      const now = actions.now()
      healthySince ??= now
      set(undefined)
      if (now - healthySince >= EPISODE_END) forget()
    },
    retry() {
      forget()
      mediaAt = Number.NEGATIVE_INFINITY
      set(undefined)
      reload()
    },
  }
}

/** The page's answer, or `undefined` where it rejects, throws, answers nothing or takes too long. */
async function answer(fresh: () => Promise<string>, signal: AbortSignal): Promise<string | undefined> {
  try {
    const src: unknown = await within(FRESH_TIMEOUT, signal, async () => fresh())
    return typeof src === 'string' && src ? src : undefined
  } catch {
    return undefined
  }
}

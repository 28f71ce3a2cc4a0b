import type { ErrorData } from 'hls.js'
import type { Fault } from './recovery.ts'

/** What a hls.js error says that matters here; a slice of its `ErrorData`. */
export interface HlsTrouble {
  readonly fatal: boolean
  /** Values of hls.js's `ErrorTypes` and `ErrorDetails`. */
  readonly type: `${ErrorData['type']}`
  readonly details: `${ErrorData['details']}`
  readonly response?: { readonly code?: number | undefined } | undefined
}

/** Errors after which no retry of the same media can help. */
const HOPELESS: ReadonlySet<string> = new Set([
  'manifestIncompatibleCodecsError',
  'keySystemNoAccess',
  'keySystemNoConfiguredLicense',
])

/**
 * The fault in a hls.js error, or `null` where hls.js deals with it alone: anything not fatal, except that an expired address is told
 * at once, because no retry of hls.js will mend it.
 */
export function hlsFault(data: HlsTrouble): Fault | null {
  const status = data.response?.code ?? 0
  if (data.type === 'networkError' && (status === 401 || status === 403 || status === 410)) return 'expired'
  if (!data.fatal) return null
  if (HOPELESS.has(data.details)) return 'unsupported'
  if (data.type === 'networkError') return status === 404 && data.details.startsWith('manifest') ? 'not-found' : 'lost'
  if (data.type === 'mediaError' || data.type === 'muxError') return 'decode'
  return 'engine'
}

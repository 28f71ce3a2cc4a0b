import type { HlsConfig, LoaderConfig, LoadPolicy } from 'hls.js'
import type { StartAt } from './engine.ts'

function policy(rules: Partial<LoaderConfig>, retries: number): LoadPolicy {
  return {
    default: {
      maxTimeToFirstByteMs: 8_000,
      maxLoadTimeMs: 20_000,
      timeoutRetry: { maxNumRetry: 1, retryDelayMs: 0, maxRetryDelayMs: 0 },
      errorRetry: { maxNumRetry: retries, retryDelayMs: 500, maxRetryDelayMs: 4_000, backoff: 'exponential' },
      ...rules,
    },
  }
}

/** Live distance in segments where the playlist asks for none; a stall adds a second each, up to one segment. */
export const LIVE_SEGMENTS = 2

/**
 * How hls.js is set up. No worker: a blob worker breaks a strict CSP and any worker breaks Trusted Types, and it gains nothing
 * measurable. A start by date must know the playlist before it loads media. Retries are short because `createRecovery` is the long loop around them. The live rate is ours (`liveRate`).
 */
export function hlsConfig({ position, date }: StartAt, hasCues = false): Partial<HlsConfig> {
  return {
    enableWorker: false,

    startFragPrefetch: date === undefined,
    testBandwidth: false,
    capLevelToPlayerSize: true,
    backBufferLength: 60,
    maxLiveSyncPlaybackRate: 1,
    liveDurationInfinity: true,
    enableInterstitialPlayback: false,
    enableEmsgMetadataCues: hasCues,
    enableID3MetadataCues: hasCues,
    enableDateRangeMetadataCues: hasCues,
    abrEwmaDefaultEstimate: 1_000_000,
    manifestLoadPolicy: policy({ maxTimeToFirstByteMs: 10_000 }, 1),
    playlistLoadPolicy: policy({}, 3),
    fragLoadPolicy: policy({ maxTimeToFirstByteMs: 10_000 }, 4),
    ...(position === undefined ? {} : { startPosition: position }),
  }
}

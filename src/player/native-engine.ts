import type { Engine, EngineHost, StartAt } from './engine.ts'
import type { Fault } from './recovery.ts'
import { secondsAhead } from './seconds-ahead.ts'

/** Safari's date of the media timeline's zero (HTML Standard, `getStartDate`); other engines do not have it. */
interface DatedElement {
  getStartDate?(): Date
}

/** Seconds behind the end of what can be sought where a live viewer should be: three segments of two seconds. */
const LIVE_DISTANCE = 6

function rangeOf({ seekable: ranges, duration }: HTMLVideoElement): readonly [number, number] {
  if (ranges.length) return [ranges.start(0), ranges.end(ranges.length - 1)]
  return [0, Number.isFinite(duration) ? duration : 0]
}

/** The browser's own player: a media file anywhere, HLS in Safari. */
export function nativeEngine(host: EngineHost, fetcher: typeof fetch = fetch): Engine {
  const { video } = host
  let loading = new AbortController()
  const zero = (): number | null => {
    const date = Number((video as DatedElement).getStartDate?.())
    return Number.isFinite(date) ? date : null
  }
  const live = () => (video.readyState ? video.duration === Number.POSITIVE_INFINITY : undefined)
  let asked: { duration: number; at: number; range: readonly [number, number] } | undefined
  const seekable = (): readonly [number, number] => {
    const { duration } = video
    // WebKitGTK tells a change of duration whenever it is asked about a file, and whoever hears that asks again.
    if (live() || !asked || !Object.is(duration, asked.duration) || performance.now() - asked.at > 1000)
      asked = { duration, at: performance.now(), range: rangeOf(video) }
    return asked.range
  }
  const timeOf = (date: number) => {
    const from = zero()
    const [start, end] = seekable()
    return from === null ? null : Math.min(Math.max((date - from) / 1000, start), end)
  }
  const stop = () => {
    loading.abort()
    video.removeAttribute('src')
    video.load()
  }

  return {
    load(src, start) {
      loading.abort()
      loading = new AbortController()
      watch(
        host,
        loading.signal,
        () => src,
        fetcher,
        () => begin(video, start, timeOf),
      )
      video.src = src
      video.load()
    },
    resume() {},
    recoverMedia() {
      const { currentTime, src } = video
      this.load(src, { position: currentTime })
    },
    live,
    dateAt(time) {
      const from = zero()
      return from === null ? null : from + time * 1000
    },
    timeOf,
    seekable,
    livePosition: () =>
      live() && video.seekable.length ? Math.max(seekable()[0], seekable()[1] - LIVE_DISTANCE) : null,
    latency() {
      if (!live() || !video.seekable.length) return null
      return { behind: seekable()[1] - video.currentTime, wanted: LIVE_DISTANCE }
    },
    segment: () => 2,
    appended: () => 0,
    frozen: () => false,
    captions: () => 'none',
    setCaptions() {},
    destroy: stop,
  }
}

function begin(video: HTMLVideoElement, start: StartAt, timeOf: (date: number) => number | null): void {
  const time = (start.date === undefined ? null : timeOf(start.date)) ?? start.position
  if (time !== undefined && time > 0) video.currentTime = time
}

function watch(
  host: EngineHost,
  signal: AbortSignal,
  src: () => string,
  fetcher: typeof fetch,
  onMetadata: () => void,
): void {
  const { video } = host
  video.addEventListener('loadedmetadata', onMetadata, { signal, once: true })
  // WebKitGTK may wait for ever for a buffer that is full (https://github.com/WebPlatformForEmbedded/WPEWebKit/issues/1561).
  video.addEventListener('stalled', () => release(video), { signal })
  video.addEventListener(
    'error',
    async () => {
      const code = video.error?.code
      const fault = code === 3 ? 'decode' : code === 4 ? await probe(src(), fetcher, signal) : 'lost'
      if (!signal.aborted) host.onFault(fault)
    },
    { signal },
  )
}

/** Plays again what waits though more than a second after the playhead is there. */
function release(video: HTMLVideoElement): void {
  if (video.paused || video.readyState > 2 || secondsAhead(video) < 1) return
  video.pause()
  video.play().catch(() => {})
}

/** Why a source was refused: the element says the same of a missing file, a refused one and an unknown format. */
async function probe(src: string, fetcher: typeof fetch, signal: AbortSignal): Promise<Fault> {
  try {
    const { status, ok } = await fetcher(src, { headers: { range: 'bytes=0-1' }, signal })
    if (ok) return 'unsupported'
    if (status === 404) return 'not-found'
    return status === 401 || status === 403 || status === 410 ? 'expired' : 'lost'
  } catch {
    return 'lost'
  }
}

import type Hls from 'hls.js'
import type { LevelDetails, MediaFragment } from 'hls.js'
import type { Engine, EngineHost, StartAt } from './engine.ts'
import { hlsConfig, LIVE_SEGMENTS } from './hls-config.ts'
import { hlsFault } from './hls-fault.ts'
import { keepCues } from './keep-cues.ts'
import type { HlsClass } from './load-hls.ts'
import { mediaDate, mediaTime } from './picture-clock.ts'
import { watchLead } from './picture-lead.ts'

/**
 * HLS through Media Source Extensions. `full` fetches the build that can play audio from a playlist of its own: where the light one meets
 * such a stream, which it would play silently, it is replaced.
 */
export function hlsEngine(LightHls: HlsClass, host: EngineHost, full?: () => Promise<HlsClass>): Engine {
  const { video } = host
  let HlsJs = LightHls
  let hls: Hls | undefined
  let appended = 0
  let hasAskedFull = false
  let lead = (_: MediaFragment): number => 0
  const details = (): LevelDetails | null => hls?.latestLevelDetails ?? null
  const stop = () => {
    hls?.destroy()
    hls = undefined
  }

  return {
    load(src, start) {
      stop()
      hls = new HlsJs(hlsConfig(start, host.hasCues))
      lead = watchLead(HlsJs, hls)
      const light = hls
      hls.on(HlsJs.Events.FRAG_BUFFERED, () => {
        appended++
      })
      hls.on(HlsJs.Events.MANIFEST_LOADED, (_, { audioTracks }) => {
        if (!full || hasAskedFull || !audioTracks.some(({ url }) => url)) return
        // Once: the one-file build has the light engine in the full one's place.
        hasAskedFull = true
        full().then(
          (Full) => {
            if (hls !== light) return
            HlsJs = Full
            this.load(src, start)
          },
          () => host.onFault('engine'),
        )
      })
      startHls(HlsJs, hls, host, { src, start, lead })
    },
    resume: () => hls?.startLoad(),
    recoverMedia: () => hls?.recoverMediaError(),
    live: () => details()?.live,
    dateAt: (time) => mediaDate(details()?.fragments ?? [], time, lead),
    timeOf: (date) => mediaTime(details()?.fragments ?? [], date, lead),
    seekable() {
      const found = details()
      if (found) return [found.fragmentStart, found.edge]
      return [0, 0]
    },
    livePosition: () => (details()?.live ? (hls?.liveSyncPosition ?? null) : null),
    latency() {
      const wanted = hls?.targetLatency
      const found = details()
      if (!hls || !found?.live || wanted === null || wanted === undefined) return null
      return { behind: found.edge + found.age - video.currentTime, wanted }
    },
    segment: () => details()?.targetduration ?? 0,
    appended: () => appended,
    frozen() {
      const found = details()
      return Boolean(found?.live && found.age > 3 * Math.max(1, found.targetduration))
    },
    captions: () => streamCaptions(hls, host),
    setCaptions: (on) => showStreamCaptions(hls, host, on),
    destroy: stop,
  }
}

interface Load {
  readonly src: string
  readonly start: StartAt
  readonly lead: (fragment: MediaFragment) => number
}

function startHls(HlsJs: HlsClass, hls: Hls, host: EngineHost, { src, start, lead }: Load): void {
  hls.config.liveSyncDurationCount = LIVE_SEGMENTS
  let date = start.date
  hls.on(HlsJs.Events.ERROR, (_, data) => {
    const fault = hlsFault(data)
    if (fault) host.onFault(fault)
  })
  hls.on(HlsJs.Events.LEVEL_LOADED, (_, { details }) => {
    if (date !== undefined) startAt(hls, details, mediaTime(details.fragments, date, lead))
    if (date !== undefined) hls.attachMedia(host.video)
    date = undefined
    host.onChange()
  })
  hls.on(HlsJs.Events.LEVEL_UPDATED, (_, { details }) => {
    const edge = details.live && details.advanced ? mediaDate(details.fragments, details.edge, lead) : null
    if (edge !== null) host.onEdge(edge)
    host.onChange()
  })
  hls.on(HlsJs.Events.SUBTITLE_TRACKS_UPDATED, () => {
    hls.subtitleDisplay = false
    host.onChange()
  })
  if (host.hasCues) {
    const keep = () => keepCues(host.video)
    for (const event of [HlsJs.Events.LEVEL_UPDATED, HlsJs.Events.MEDIA_ATTACHED] as const) hls.on(event, keep)
    hls.on(HlsJs.Events.FRAG_PARSING_METADATA, keep)
  }
  hls.loadSource(src)
  if (date === undefined) hls.attachMedia(host.video)
}

/** Begins at a time that only the playlist could tell; nothing but the playlist is loaded until the element is attached. */
function startAt(hls: Hls, { live }: LevelDetails, time: number | null): void {
  if (time !== null) hls.startLoad(live ? Math.min(time, hls.liveSyncPosition ?? time) : time)
}

/** Text tracks that hls.js made from captions inside the video (CEA-608). */
function madeTracks({ video }: EngineHost): TextTrack[] {
  return [...video.textTracks].filter(({ kind }) => kind === 'captions' || kind === 'subtitles')
}

function streamCaptions(hls: Hls | undefined, host: EngineHost): 'none' | 'off' | 'on' {
  if (host.captions !== 'stream' || !hls) return 'none'
  const made = madeTracks(host)
  if (!hls.subtitleTracks?.length && !made.length) return 'none'
  return made.some(({ mode }) => mode === 'showing') ? 'on' : 'off'
}

function showStreamCaptions(hls: Hls | undefined, host: EngineHost, on: boolean): void {
  if (host.captions !== 'stream' || !hls) return
  if (hls.subtitleTracks.length) {
    hls.subtitleDisplay = on
    hls.subtitleTrack = on ? Math.max(0, hls.subtitleTrack) : -1
  }
  const [first] = madeTracks(host)
  if (first) first.mode = on ? 'showing' : 'hidden'
}

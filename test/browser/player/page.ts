import type { Playback, Player, PlayerOptions, PlayerSource } from '../../../src/model/player.ts'
import { createPlayer } from '../../../src/player/create-player.ts'
import { preloadEngine } from '../../../src/player/preload-engine.ts'
import { readTimeCode } from '../../support/time-code.mjs'

/** A comparison of the player's clock with the code in the picture. */
export interface PictureSample {
  /** ms from the loop's start, of the picture. */
  readonly code: number
  /** `pictureTime()`. */
  readonly date: number
}

/** What the test page lets a test do; on `window` as `page`. */
export interface TestPage {
  start(source: Partial<PlayerSource> & { src: string }, options?: Partial<PlayerOptions>): void
  readonly player: Player
  readonly playback: Playback
  readonly history: Playback[]
  readonly frames: number
  preload(source: PlayerSource): void
  /** Answers `freshSource` with this address. */
  fresh: string | undefined
  /** How often `freshSource` was asked. */
  freshAsked: number
  /** Reads the code of the picture whenever a frame is presented, until there are `count` samples. */
  sample(count: number): Promise<PictureSample[]>
  stop(): void
}

declare global {
  interface Window {
    page: TestPage
    failures: string[]
  }
}

const video = document.querySelector('video') as HTMLVideoElement
const controller = new AbortController()
const history: Playback[] = []
let player: Player | undefined
let frames = 0
let onFrame = () => {}

window.page = {
  fresh: undefined,
  freshAsked: 0,
  start(source, options = {}) {
    player = createPlayer({
      video,
      source: { clockOffset: 0, live: true, ...source },
      serverNow: () => Date.now(),
      onPlayback: (playback) => history.push(playback),
      onFrame() {
        frames++
        onFrame()
      },
      muted: true,
      locale: 'en',
      freshSource: async () => {
        window.page.freshAsked++
        return window.page.fresh ?? ''
      },
      signal: controller.signal,
      ...options,
    })
    player.play()
  },
  get player() {
    if (!player) throw new Error('not started')
    return player
  },
  get playback() {
    const last = history.at(-1)
    if (!last) throw new Error('not started')
    return last
  },
  history,
  get frames() {
    return frames
  },
  preload: preloadEngine,
  sample: (count) =>
    new Promise((resolve) => {
      const canvas = document.createElement('canvas')
      const context = canvas.getContext('2d', { willReadFrequently: true })
      const samples: PictureSample[] = []
      onFrame = () => {
        const date = player?.pictureTime()
        if (!context || date === null || date === undefined || !video.videoWidth) return
        canvas.width = video.videoWidth
        canvas.height = video.videoHeight
        context.drawImage(video, 0, 0)
        const code = readTimeCode(context.getImageData(0, 0, canvas.width, canvas.height))
        if (code !== null) samples.push({ code, date })
        if (samples.length < count) return
        onFrame = () => {}
        resolve(samples)
      }
    }),
  stop: () => controller.abort(),
}

const query = new URLSearchParams(location.search)
const src = query.get('src')
if (src) window.page.start({ src: new URL(src, location.href).href }, { muted: !query.has('sound') })

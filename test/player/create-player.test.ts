// @vitest-environment happy-dom
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPlayer } from '../../src/player/create-player.ts'

/** A video element that plays when it is told to, since there is no media here. */
function playable(): HTMLVideoElement {
  const video = document.createElement('video')
  let paused = true
  const set = (value: boolean) => {
    paused = value
  }
  return Object.defineProperties(video, {
    paused: { get: () => paused },
    readyState: { value: 4 },
    duration: { value: 60 },
    load: { value() {} },
    play: { value: async () => set(false) },
    pause: { value: () => set(true) },
  })
}

describe('createPlayer', () => {
  it('plays on where the element leaves a shadow root of the page and comes back', async () => {
    const page = document.createElement('div')
    const section = document.createElement('section')
    const video = playable()
    section.append(video)
    page.attachShadow({ mode: 'open' }).append(section)
    document.body.append(page)
    const ended = new AbortController()
    onTestFinished(() => ended.abort())
    const player = createPlayer({
      video,
      source: { src: '/a.mp4', live: false, clockOffset: 0 },
      serverNow: Date.now,
      onPlayback() {},
      onFrame() {},
      muted: true,
      locale: 'en',
      signal: ended.signal,
    })
    player.play()
    await expect.poll(() => video.paused).toBe(false)
    section.remove()
    // As a browser does.
    video.pause()
    video.dispatchEvent(new Event('pause'))
    page.shadowRoot?.append(section)
    await expect.poll(() => video.paused).toBe(false)
  })
})

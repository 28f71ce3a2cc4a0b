// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { createServerClock } from '../../src/lib/server-clock.ts'
import { createState } from '../../src/state/create-state.ts'
import { createShowPicture, type PictureOptions } from '../../src/widget/show-picture.ts'

describe('createShowPicture', () => {
  it('has a player to ask as soon as it is to play, one and no more: a first press on sound or a clip is kept by it', () => {
    const stores = createState()
    const life = new AbortController()
    stores.$status.set('live')
    let moves = 0
    const given = {
      ...{
        stores,
        signal: life.signal,
        clock: createServerClock(),
        replay: false,
        start: {},
        options: {},
        locale: 'en',
      },
      ...{ show: { video: { src: '/live.mp4' } }, base: 'https://shop.example/', adapter: null },
      ...{ video: document.createElement('video'), report() {}, announcer: { tell() {} }, moment: () => ({}) },
    }
    const picture = createShowPicture({
      ...(given as unknown as PictureOptions),
      onMove() {
        moves += 1
        picture.begin()
      },
    })
    expect(picture.player()).toBeNull()
    picture.play()
    const player = picture.player()
    expect(player).not.toBeNull()
    expect(stores.$playback.get().phase).toBe('loading')
    expect(moves).toBe(1)
    picture.begin()
    expect(picture.player()).toBe(player)
    life.abort()
  })
})

import { mount } from '../../src/widget/mount.tsx'
import { fakeModel } from './ui-harness.tsx'
import { scenes } from './ui-scenes.ts'

/** Draws the scene that the address asks for: `?scene=live&locale=ru&theme=dark`. */
function draw(): void {
  const query = new URLSearchParams(location.search)
  const video = document.createElement('video')
  const background = query.get('picture')
  video.muted = true
  video.poster = background ? `/pictures/${background}.svg` : '/media/poster.webp'
  const { model } = fakeModel({
    values: scenes[query.get('scene') ?? 'live'] ?? {},
    locale: query.get('locale') ?? 'en',
    video,
  })
  const host = document.createElement('castcart-widget')
  host.dataset.theme = query.get('theme') ?? 'light'
  host.dataset.position = 'bottom-end'
  host.dataset.mount = 'launcher'
  document.documentElement.dir = query.get('dir') ?? 'ltr'
  document.body.append(host)
  mount(host, model, { nonce: undefined, onCrash: (cause) => console.error(cause) })
}

draw()

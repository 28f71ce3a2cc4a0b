// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import '../src/element.ts'
import { readBookmark, writeBookmark } from '../src/widget/resume.ts'

const settled = () => new Promise<void>((resolve) => queueMicrotask(resolve))

function place(): HTMLElementTagNameMap['cast-cart'] {
  const element = document.createElement('cast-cart')
  element.setAttribute('show', '/show.json')
  document.body.append(element)
  return element
}

describe('<cast-cart>', () => {
  afterEach(() => {
    document.body.replaceChildren()
    sessionStorage.clear()
  })

  it('makes its widget in itself once it is in the page', async () => {
    const element = place()
    expect(element.widget).toBeNull()
    await settled()
    expect(element.widget?.element).toBe(element)
  })

  it('keeps its widget when it is moved', async () => {
    const element = place()
    await settled()
    const { widget } = element
    const section = document.createElement('section')
    document.body.append(section)
    section.append(element)
    await settled()
    expect(element.widget).toBe(widget)
  })

  it('makes its widget anew when an attribute or the options change, once for all of one task', async () => {
    const element = place()
    await settled()
    const first = element.widget
    element.setAttribute('show', '/other.json')
    element.setAttribute('locale', 'ru')
    element.options = { viewerName: 'Anna' }
    await settled()
    expect(element.widget).not.toBe(first)
  })

  it('leaves nothing of a playing show behind when it is removed, and goes on with it when it is only made anew', async () => {
    const bookmark = {
      show: '/show.json',
      position: 4,
      live: true,
      muted: true,
      paused: false,
      acted: 1,
      at: Date.now(),
    }
    writeBookmark(bookmark)
    const element = place()
    await settled()
    element.setAttribute('theme', 'dark')
    await settled()
    expect(element.widget?.state.$view.get()).toBe('mini')
    expect(readBookmark()).toEqual(bookmark)
    element.remove()
    await settled()
    expect(sessionStorage.length).toBe(0)
  })

  it('leaves alone what another show keeps when it is removed', async () => {
    writeBookmark({ show: '/b.json', position: 4, live: true, muted: true, paused: false, acted: 1, at: Date.now() })
    const element = place()
    await settled()
    element.remove()
    await settled()
    expect(readBookmark()?.show).toBe('/b.json')
  })

  it('destroys its widget when it is removed', async () => {
    const element = place()
    await settled()
    element.remove()
    await settled()
    expect(element.widget).toBeNull()
  })
})

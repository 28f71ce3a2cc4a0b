// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import '../src/element.ts'

const settled = () => new Promise<void>((resolve) => queueMicrotask(resolve))

function place(): HTMLElementTagNameMap['cast-cart'] {
  const element = document.createElement('cast-cart')
  element.setAttribute('show', '/show.json')
  document.body.append(element)
  return element
}

describe('<cast-cart>', () => {
  afterEach(() => document.body.replaceChildren())

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

  it('destroys its widget when it is removed', async () => {
    const element = place()
    await settled()
    element.remove()
    await settled()
    expect(element.widget).toBeNull()
  })
})

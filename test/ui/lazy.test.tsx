// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { Lazy } from '../../src/ui/lazy.tsx'
import { draw } from '../support/draw.tsx'

/** A part whose file comes only while there is a network, and how often it was asked for. */
function partOf(network: { isThere: boolean; asked: number }) {
  const load = async () => {
    network.asked++
    if (!network.isThere) throw new TypeError('Failed to fetch')
    return { styles: '', Part: () => <b>Here</b> }
  }
  return <Lazy load={load}>{({ Part }) => <Part />}</Lazy>
}

describe('Lazy', () => {
  it('says that a part did not come, and asks again when the viewer wants it', async () => {
    const network = { isThere: false, asked: 0 }
    const { root, button, click } = await draw(partOf(network))
    expect(root.textContent).toContain('This part could not be loaded.')
    network.isThere = true
    await click(button('Try again'))
    expect(root.textContent).toBe('Here')
  })

  it('asks again by itself when the network is back, and not once the part is there', async () => {
    const network = { isThere: false, asked: 0 }
    const { root, act } = await draw(partOf(network))
    network.isThere = true
    await act(() => dispatchEvent(new Event('online')))
    expect(root.textContent).toBe('Here')
    await act(() => dispatchEvent(new Event('online')))
    expect(network.asked).toBe(2)
  })
})

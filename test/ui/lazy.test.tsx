// @vitest-environment happy-dom
import { render } from 'preact'
import { describe, expect, it } from 'vitest'
import { UiContext } from '../../src/ui/context.ts'
import { Lazy, Whole } from '../../src/ui/lazy.tsx'
import { draw } from '../support/draw.tsx'

/** Parts whose files come only while there is a network, and how often they were asked for. */
function partsOf(network: { isThere: boolean; asked: number }, names: readonly string[]) {
  const load = async () => {
    network.asked++
    if (!network.isThere) throw new TypeError('Failed to fetch')
    return { styles: '' }
  }
  return (
    <Whole>
      {names.map((name) => (
        <Lazy key={name} load={load} wait={<i>wait for {name}</i>}>
          {() => <b>{name} </b>}
        </Lazy>
      ))}
    </Whole>
  )
}

describe('Lazy', () => {
  it('says once that parts did not come, aloud too, tells the developer, and asks for all of them again when the viewer wants it', async () => {
    const network = { isThere: false, asked: 0 }
    const { root, button, click, calls, find } = await draw(partsOf(network, ['talk', 'rail']))
    expect(root.textContent).toBe('wait for talkwait for railNot everything could be loaded.Try again')
    expect(find('[role=alert]').textContent).toContain('Not everything')
    expect(calls.map(({ name, args }) => `${name} ${args}`)).toEqual([
      'onLost TypeError: Failed to fetch',
      'onLost TypeError: Failed to fetch',
    ])
    await click(button('Try again'))
    expect(root.textContent).toContain('Not everything')
    network.isThere = true
    await click(button('Try again'))
    expect(root.textContent).toBe('talk rail ')
    expect(network.asked).toBe(6)
  })

  it('asks again by itself when the network is back, and not once the part is there', async () => {
    const network = { isThere: false, asked: 0 }
    const { root, act } = await draw(partsOf(network, ['talk']))
    network.isThere = true
    await act(() => dispatchEvent(new Event('online')))
    expect(root.textContent).toBe('talk ')
    await act(() => dispatchEvent(new Event('online')))
    expect(network.asked).toBe(2)
  })

  it('says nothing of a part that is no longer wanted', async () => {
    const network = { isThere: false, asked: 0 }
    const { model, root, act } = await draw(partsOf(network, ['talk']))
    expect(root.textContent).toContain('Not everything')
    await act(() => render(<UiContext.Provider value={model}>{partsOf(network, [])}</UiContext.Provider>, root))
    expect(root.textContent).toBe('')
  })
})

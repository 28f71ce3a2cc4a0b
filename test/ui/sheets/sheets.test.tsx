// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { useWidget } from '../../../src/ui/context.ts'
import { Sheets } from '../../../src/ui/sheets/index.tsx'
import { useOpener } from '../../../src/ui/use-opener.ts'
import { useStore } from '../../../src/ui/use-store.ts'
import { draw } from '../../support/draw.tsx'

const player = () => draw(<Room />)

/** What opens sheets: inert below them, as the room is. */
function Room() {
  const sheet = useStore(useWidget().state.$sheet)
  useOpener(sheet !== null)
  return (
    <>
      <div inert={sheet !== null}>
        <button type="button" id="opener" />
      </div>
      {sheet && <Sheets />}
    </>
  )
}

describe('Sheets', () => {
  it('takes the focus when it opens and gives it back when it closes', async () => {
    const { find, act, stores } = await player()
    find('#opener').focus()
    await act(() => stores.$sheet.set({ name: 'cart' }))
    expect(document.activeElement).toBe(find('.sheet'))
    expect(find('.sheet').getAttribute('aria-label')).toBe('Your cart')
    await act(() => stores.$sheet.set(null))
    expect(document.activeElement).toBe(find('#opener'))
  })

  it('still knows the opener after one sheet led to another', async () => {
    const { find, act, stores } = await player()
    find('#opener').focus()
    await act(() => stores.$sheet.set({ name: 'products' }))
    await act(() => stores.$sheet.set({ name: 'product', id: 'mug' }))
    expect(document.activeElement).toBe(find('.sheet'))
    await act(() => stores.$sheet.set(null))
    expect(document.activeElement).toBe(find('#opener'))
  })

  it('gives the focus to the player where the opener is gone', async () => {
    const { find, act, stores, root } = await player()
    find('#opener').focus()
    await act(() => stores.$sheet.set({ name: 'cart' }))
    find('#opener').remove()
    await act(() => stores.$sheet.set(null))
    expect(document.activeElement).toBe(root)
  })

  it('closes on Esc before the player hears of it', async () => {
    const { find, act, stores, root } = await player()
    const heard: string[] = []
    root.addEventListener('keydown', ({ key }) => heard.push(key))
    await act(() => stores.$sheet.set({ name: 'cart' }))
    const esc = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true })
    await act(() => find('.sheet').dispatchEvent(esc))
    expect(stores.$sheet.get()).toBeNull()
    expect(esc.defaultPrevented).toBe(true)
    expect(heard).toEqual([])
  })
})

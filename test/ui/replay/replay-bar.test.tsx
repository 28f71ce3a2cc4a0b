// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { ReplayBar } from '../../../src/ui/replay/replay-bar.tsx'
import { draw } from '../../support/draw.tsx'
import { demoShow, NOW, playing } from '../../support/ui-harness.tsx'

const show = { ...demoShow, video: { src: '/a.m3u8', startDate: new Date(NOW - 720_000).toISOString() } }
const recorded = {
  ...playing,
  live: false,
  latency: undefined,
  position: 252,
  duration: 1680,
  seekable: [0, 1680] as const,
  atLiveEdge: false,
}
const replay = { values: { $status: 'replay' as const, $show: show, $playback: recorded } }
const press = (key: string) => new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })

describe('ReplayBar', () => {
  it('is a slider that says where it is', async () => {
    const { find } = await draw(<ReplayBar />, replay)
    const line = find('[role="slider"]')
    expect(line.getAttribute('aria-valuenow')).toBe('252')
    expect(line.getAttribute('aria-valuemax')).toBe('1680')
    expect(line.getAttribute('aria-valuetext')).toBe('4:12 of 28:00')
    expect(find('.seek-row').textContent).toContain('4:12 / 28:00')
  })

  it('goes by keys and not past its ends', async () => {
    const drawn = await draw(<ReplayBar />, replay)
    const line = drawn.find('[role="slider"]')
    const sought: unknown[] = []
    for (const key of ['ArrowRight', 'PageDown', 'End', 'ArrowUp', 'Home', 'a']) {
      await drawn.act(() => line.dispatchEvent(press(key)))
      sought.push(drawn.stores.$playback.get().position)
    }
    expect(sought).toEqual([257, 197, 1680, 1680, 0, 0])
  })

  it('follows a drag on screen and seeks once, when it is let go', async () => {
    const drawn = await draw(<ReplayBar />, replay)
    const line = drawn.find('[role="slider"]')
    line.getBoundingClientRect = () => new DOMRect(100, 0, 400, 44)
    line.setPointerCapture = () => {}
    const point = (type: string, clientX: number) =>
      drawn.act(() => line.dispatchEvent(new PointerEvent(type, { clientX, bubbles: true })))
    await point('pointerdown', 200)
    await point('pointermove', 300)
    expect(line.getAttribute('aria-valuenow')).toBe('840')
    expect(drawn.calls).toEqual([])
    await point('pointermove', 900)
    await point('pointerup', 500)
    expect(drawn.calls).toEqual([{ name: 'seek', args: [1680] }])
  })

  it('goes to where a product was shown', async () => {
    const drawn = await draw(<ReplayBar />, replay)
    await drawn.click(drawn.button('Fjord wool coat, at 9:30'))
    expect(drawn.calls).toEqual([{ name: 'seek', args: [570] }])
  })

  it('shows every moment of a recording, those to come too', async () => {
    const drawn = await draw(<ReplayBar />, replay)
    const views = drawn.stores.$products.get()
    await drawn.act(() => drawn.stores.$products.set(views.map((view) => ({ ...view, shownAt: undefined }))))
    expect(drawn.button('Fjord wool coat, at 9:30')).toBeTruthy()
  })

  it('goes round the speeds', async () => {
    const drawn = await draw(<ReplayBar />, replay)
    const rates: unknown[] = []
    for (let click = 0; click < 4; click++) {
      await drawn.click(drawn.find('.seek-speed'))
      rates.push(drawn.stores.$playback.get().rate)
    }
    expect(rates).toEqual([1.25, 1.5, 2, 1])
  })

  it('shows and hides the chat that goes with the picture, where there was any', async () => {
    const shown = await draw(<ReplayBar />, replay)
    const button = shown.find('.seek-chat')
    expect(button.getAttribute('aria-pressed')).toBe('true')
    await shown.click(button)
    expect(shown.calls).toEqual([{ name: 'keep', args: [{ hidesChat: true }] }])
    const silent = await draw(<ReplayBar />, { values: { ...replay.values, $chat: [] } })
    expect(silent.root.querySelector('.seek-chat')).toBeNull()
  })

  it('is the line alone in a live show, and says how far behind', async () => {
    const { root, find } = await draw(<ReplayBar />, {
      values: { $playback: { ...playing, position: 600, seekable: [0, 720], atLiveEdge: false, latency: 124 } },
    })
    expect(find('[role="slider"]').getAttribute('aria-valuetext')).toBe('2:00 behind live')
    expect(root.querySelector('.seek-row')).toBeNull()
  })

  it('is not there while nothing can be sought', async () => {
    const { root } = await draw(<ReplayBar />, { values: { $playback: { ...recorded, seekable: [0, 0] } } })
    expect(root.textContent).toBe('')
  })
})

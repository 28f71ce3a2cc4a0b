// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest'
import { emptyRoom, fold } from '../../src/state/room.ts'
import { ProductSheet } from '../../src/ui/sheets/product-sheet.tsx'
import { ProductsSheet } from '../../src/ui/sheets/products-sheet.tsx'
import { HostSheet } from '../../src/ui/show/host-sheet.tsx'
import { MomentsSheet } from '../../src/ui/show/moments-sheet.tsx'
import { Cover } from '../../src/ui/states/cover.tsx'
import { draw } from '../support/draw.tsx'
import { hostEvent } from '../support/host-event.ts'
import { demoShow, demoViews, NOW, playing } from '../support/ui-harness.tsx'

const recorded = {
  $status: 'replay' as const,
  $show: { ...demoShow, video: { src: '/replay.m3u8', startDate: new Date(NOW - 600_000).toISOString() } },
  $playback: { ...playing, live: false, position: 10, duration: 600, seekable: [0, 600] as [number, number] },
}

describe('HostSheet', () => {
  it('says who presents, with a link to their page', async () => {
    const host = { name: 'Mira Lind', bio: 'Potter, Tallinn', url: '/about/mira' }
    const { root, find } = await draw(<HostSheet />, { values: { $show: { ...demoShow, host } } })
    expect(root.textContent).toContain('Mira Lind')
    expect(root.textContent).toContain('Potter, Tallinn')
    expect(find('a').getAttribute('rel')).toContain('noopener')
  })
})

describe('MomentsSheet', () => {
  const $moments = [
    { productId: 'mug', at: NOW - 540_000 },
    { productId: 'coat', at: NOW - 480_000 },
  ]

  it('plays a moment alone, to where the next begins', async () => {
    const { root, click, calls } = await draw(<MomentsSheet />, { values: { ...recorded, $moments } })
    const plays = [...root.querySelectorAll('.moment-play')]
    expect(plays.map((one) => one.querySelector('small')?.textContent)).toEqual(['1:00 · 1:00 long', '2:00'])
    await click(plays[0] as Element)
    expect(calls).toContainEqual({ name: 'playClip', args: [NOW - 540_000, NOW - 480_000] })
  })

  it('has answered questions as chapters between the products, with a link each, and none that the host hid', async () => {
    const { root, click, calls } = await draw(<MomentsSheet />, {
      values: {
        ...recorded,
        $moments,
        $answers: [
          { id: 'q1', question: 'Is it dishwasher safe?', productId: 'mug', at: NOW - 500_000 },
          { id: 'q2', question: 'Hidden', at: NOW - 400_000 },
        ],
        $room: fold(emptyRoom('e'), hostEvent(1, 'question.hide', NOW, { id: 'q2' })),
      },
    })
    const plays = [...root.querySelectorAll('.moment-play')]
    expect(plays.map((one) => one.querySelector('b')?.textContent)).toEqual([
      'Two-glaze mug',
      'Is it dishwasher safe?',
      'Fjord wool coat',
    ])
    expect(root.querySelector('[aria-label="Link to this moment: Is it dishwasher safe?"]')).not.toBeNull()
    await click(plays[1] as Element)
    expect(calls).toContainEqual({ name: 'playClip', args: [NOW - 500_000, undefined] })
  })

  it('says so where there are none', async () => {
    const { root } = await draw(<MomentsSheet />, { values: { ...recorded, $moments: [] } })
    expect(root.textContent).toContain('No moments yet.')
  })
})

describe('Cover', () => {
  it('reminds of a show that is to come', async () => {
    const $show = { ...demoShow, startsAt: new Date(NOW + 3_600_000).toISOString() }
    const { button, click, calls, root } = await draw(<Cover />, { values: { $status: 'scheduled', $show } })
    await click(button('Remind me'))
    expect(calls).toContainEqual({ name: 'remind', args: [] })
    expect(root.textContent).toContain('The reminder is ready')
  })

  it('shows the trailer, without sound', async () => {
    const $show = { ...demoShow, video: { src: '/live.m3u8', preview: '/trailer.mp4' } }
    const { find } = await draw(<Cover />, { values: { $status: 'scheduled', $show } })
    const video = find('video') as HTMLVideoElement
    expect(video.getAttribute('src')).toContain('/trailer.mp4')
    expect(video.muted).toBe(true)
  })

  it('says that a recording shown as if live is one', async () => {
    const { root } = await draw(<Cover />, { values: { $status: 'scheduled', $show: { ...demoShow, asLive: true } } })
    expect(root.textContent).toContain('Recorded earlier, shown together now')
  })

  it('says that the host is away, in the host’s words where there are any, and that the show was interrupted', async () => {
    const { root } = await draw(<Cover />, { values: { $status: 'paused' } })
    expect(root.textContent).toBe('The host is away for a momentThe show goes on shortly.')
    const state = fold(emptyRoom('e'), hostEvent(1, 'show.state', NOW, { status: 'paused', reason: 'Tea is on' }))
    const told = await draw(<Cover />, { values: { $status: 'paused', $room: state } })
    expect(told.root.textContent).toContain('Tea is on')
    const cut = await draw(<Cover />, { values: { $status: 'interrupted' } })
    expect(cut.root.textContent).toContain('interrupted')
  })

  it('leads to the replay when the show is over', async () => {
    const { button, click, calls } = await draw(<Cover />, { values: { $status: 'ended' } })
    await click(button('Watch the replay'))
    expect(calls).toContainEqual({ name: 'retry', args: [] })
  })
})

describe('ProductsSheet', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => {
      const view = demoViews(['mug'])[0]
      if (!view) throw new Error('the demo has no mug')
      const product = {
        ...view.product,
        id: `p${index}`,
        title: `Piece ${index}`,
        code: `${100 + index}`,
        group: index % 2 ? 'Bowls' : undefined,
      }
      return { ...view, id: product.id, product, now: false }
    })
  const titles = (root: HTMLElement) => [...root.querySelectorAll('.item-title')].map((one) => one.textContent)

  it('finds one of two hundred by its number or its name', async () => {
    const { root, find, act } = await draw(<ProductsSheet />, { values: { $products: many(200) } })
    await vi.waitFor(() => expect(titles(root)).toHaveLength(200), { timeout: 15_000 })
    const field = find('input[type=search]') as HTMLInputElement
    const type = (words: string) =>
      act(() => {
        field.value = words
        field.dispatchEvent(new Event('input', { bubbles: true }))
      })
    await type('142')
    expect(titles(root)).toEqual(['Piece 42'])
    await type('piece 19')
    expect(titles(root)).toContain('Piece 190')
    await type('no such thing')
    expect(titles(root)).toEqual([])
    expect(root.textContent).toContain('0 found')
  })

  it('puts groups together under their headings, what has none last', async () => {
    const { root } = await draw(<ProductsSheet />, { values: { $products: many(4) } })
    expect(root.querySelector('input[type=search]')).toBeNull()
    expect(
      [...root.querySelectorAll('.list > li')].map(
        (row) => row.querySelector('.item-title')?.textContent ?? row.textContent,
      ),
    ).toEqual(['Bowls', 'Piece 1', 'Piece 3', 'More', 'Piece 0', 'Piece 2'])
  })
})

describe('ProductSheet', () => {
  it("tells the host's own note and unfolds the size guide", async () => {
    const [view] = demoViews(['coat'])
    if (!view) throw new Error('the demo has no coat')
    const coat = demoViews(['coat']).find(({ id }) => id === 'coat') ?? view
    const product = { ...coat.product, note: 'I wear S, 168 cm', sizeGuide: { text: 'S: 84 cm', url: '/sizes' } }
    const { root, find } = await draw(<ProductSheet id="coat" />, { values: { $products: [{ ...coat, product }] } })
    expect(find('.host-note').textContent).toContain('I wear S, 168 cm')
    expect(find('.sizes summary').textContent).toBe('Size guide')
    expect(root.querySelector('.sizes a')?.getAttribute('href')).toContain('/sizes')
  })
})

// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { NowSlot } from '../../../src/ui/live/now/now-slot.tsx'
import { draw } from '../../support/draw.tsx'
import { joinScenes, roomOf } from '../../support/join-scenes.ts'
import type { StoreValues } from '../../support/ui-harness.tsx'

const open = (scene: string, more: Partial<StoreValues> = {}) =>
  draw(<NowSlot />, { values: { ...joinScenes[scene], $sheet: null, ...more } })

describe('NowSlot', () => {
  it('draws nothing while nothing goes on', async () => {
    expect((await draw(<NowSlot />, { values: { $room: roomOf() } })).root.innerHTML).toBe('')
  })

  it('leads from a poll to its sheet, and says it aloud once', async () => {
    const drawn = await open('poll')
    expect(drawn.find('.now').textContent).toContain('Poll · 0:42 · 640 votes')
    await drawn.click(drawn.button('Vote: Which mug do I fire next week?'))
    expect(drawn.calls.at(-1)).toEqual({ name: 'showSheet', args: [{ name: 'poll', id: 'p1' }] })
    expect(drawn.spoken).toEqual(['Poll: Which mug do I fire next week?'])
  })

  it('speaks of the end at 30 and 10 seconds and never each second', async () => {
    const drawn = await open('poll')
    const end = drawn.stores.$now.get() + 42_000
    for (let left = 42; left > 0; left--) await drawn.act(() => drawn.stores.$now.set(end - left * 1000))
    expect(drawn.spoken.slice(1)).toEqual([
      'Which mug do I fire next week?: 30 seconds',
      'Which mug do I fire next week?: 10 seconds',
    ])
  })

  it('unfolds the most important and goes through the others', async () => {
    const drawn = await open('call')
    expect(drawn.find('.now').textContent).toContain('How hot does the kiln get?')
    await drawn.click(drawn.find('.more'))
    expect(drawn.find('.now').textContent).toContain('Which mug do I fire')
    expect(drawn.find('.more').getAttribute('aria-label')).toContain('2 more:')
    await drawn.click(drawn.find('.more'))
    await drawn.click(drawn.find('.more'))
    expect(drawn.find('.now').textContent).toContain('How hot does the kiln get?')
  })

  it('puts what becomes more important before what was chosen', async () => {
    const drawn = await open('call')
    await drawn.click(drawn.find('.more'))
    expect(drawn.find('.now').dataset.kind).toBe('poll')
    const { $room, $mine } = joinScenes['raffle-won'] ?? {}
    await drawn.act(() => {
      drawn.stores.$mine.set({ ...drawn.stores.$mine.get(), entries: $mine?.entries ?? {} })
      drawn.stores.$room.set({ ...drawn.stores.$room.get(), raffles: $room?.raffles ?? {} })
    })
    expect(drawn.find('.now').textContent).toContain('You have won!')
  })

  it('opens a call to action beside the show and puts it away for good', async () => {
    const drawn = await open('call-alone')
    const link = drawn.find('.now a')
    expect(link.getAttribute('href')).toBe('http://localhost:3000/workshop')
    expect([link.getAttribute('target'), link.getAttribute('rel')]).toEqual(['_blank', 'noopener'])
    await drawn.click(drawn.button('Dismiss'))
    expect(drawn.stores.$mine.get().dismissed).toEqual(['card/k1'])
    expect(drawn.root.querySelector('.now')).toBeNull()
  })

  it('leaves out a call to action whose address is not safe', async () => {
    const drawn = await open('call-alone')
    const bad = roomOf(['card.show', { id: 'k', title: 'x', label: 'Go', url: 'javascript:alert(1)' }])
    Object.assign(drawn.model, { url: () => null })
    await drawn.act(() => drawn.stores.$room.set(bad))
    expect(drawn.root.querySelector('.now')).toBeNull()
  })

  it('asks for nothing in a replay', async () => {
    const drawn = await open('poll', { $status: 'replay' })
    expect(drawn.find('.now .button').textContent).toBe('Results')
  })

  it('enters a first tap at the touch, with the time since it could be seen', async () => {
    const drawn = await open('raffle-tap')
    await drawn.click(drawn.find('.now .button'))
    const [call] = drawn.calls.filter(({ name }) => name === 'send')
    expect(call?.args[0]).toBe('raffle.enter')
    expect(call?.args[1]).toMatchObject({ id: 'r1', took: expect.any(Number) })
    expect(drawn.find('.now .button').textContent).toBe('Details')
  })

  it('lets go of a giveaway that nobody draws, and of a prize that was not claimed in time', async () => {
    const drawn = await open('raffle')
    const end = drawn.stores.$now.get() + 95_000
    const at = (time: number) =>
      drawn.act(() => {
        drawn.stores.$now.set(time)
        drawn.stores.$picture.set(time)
      })
    await at(end + 60_000)
    expect(drawn.find('.now').dataset.kind).toBe('raffle')
    await at(end + 600_000)
    expect(drawn.root.querySelector('.now')).toBeNull()
    const { $room, $mine } = joinScenes['raffle-won'] ?? {}
    await drawn.act(() => {
      if ($mine) drawn.stores.$mine.set($mine)
      if ($room) drawn.stores.$room.set($room)
    })
    expect(drawn.find('.now').textContent).toContain('You have won!')
    await at(end + 200_000_000)
    expect(drawn.root.querySelector('.now')).toBeNull()
  })

  it('tells a winner before everything else', async () => {
    const drawn = await open('raffle-won')
    expect(drawn.find('.now').textContent).toContain('You have won!')
    await drawn.click(drawn.find('.now .button'))
    expect(drawn.calls.at(-1)?.args).toEqual([{ name: 'raffle', id: 'r1' }])
  })

  it('asks for the entry of whoever wrote the word in the chat', async () => {
    const drawn = await open('raffle-word')
    const line = {
      key: 'k',
      id: 'k',
      at: 1,
      author: { id: 'me', name: 'A', role: 'viewer' },
      text: 'a mug!',
      own: 'sent',
    }
    await drawn.act(() => drawn.stores.$chat.set([line as never]))
    expect(drawn.calls.filter(({ name }) => name === 'send').map(({ args }) => args)).toEqual([
      ['raffle.enter', { id: 'r1' }],
    ])
  })
})

// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { NOTHING_MINE } from '../../../src/state/mine.ts'
import { raffleViews } from '../../../src/state/raffle-view.ts'
import { EnterRaffle } from '../../../src/ui/live/join/enter-raffle.tsx'
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

  it('counts a first tap from where it was seen first, here or on its sheet', async () => {
    const drawn = await open('raffle-tap')
    const { seen } = drawn.stores.$mine.get()
    expect(seen).toEqual({ r1: expect.any(Number) })
    const [raffle] = raffleViews(drawn.stores.$room.get(), { now: 0, picture: 0 }, NOTHING_MINE)
    const earlier = { ...NOTHING_MINE, seen: { r1: Date.now() - 5000 } }
    const sheet = await draw(raffle && <EnterRaffle view={raffle} />, { values: { $mine: earlier } })
    await sheet.click(sheet.find('.button'))
    const [call] = sheet.calls.filter(({ name }) => name === 'send')
    expect(Object(call?.args[1]).took).toBeGreaterThanOrEqual(5000)
  })

  it('does not count a first tap while something stands in its place', async () => {
    const drawn = await draw(<NowSlot isAway />, { values: { ...joinScenes['raffle-tap'], $sheet: null } })
    expect(drawn.root.innerHTML).toBe('')
    expect(drawn.stores.$mine.get().seen).toBeUndefined()
    expect(drawn.spoken).toEqual([])
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

  it.each([
    ['raffle-won', 'You have won!: Three mugs from today’s kiln'],
    ['raffle-lost', 'Not this time: Three mugs from today’s kiln'],
  ])(
    'says aloud how a draw ended for this viewer, once, though the picture goes back over it: %s',
    async (scene, words) => {
      const { $room, $mine = NOTHING_MINE } = joinScenes[scene] ?? {}
      const drawn = await open('raffle', { $mine })
      const { $room: before } = joinScenes.raffle ?? {}
      for (const room of [$room, before, $room, roomOf(), $room])
        if (room) await drawn.act(() => drawn.stores.$room.set(room))
      expect(drawn.spoken.filter((said) => said === words)).toEqual([words])
      expect(drawn.find('.now').textContent).toContain(words.split(':')[0])
      await drawn.act(() => before && drawn.stores.$room.set(before))
      expect(drawn.find('.now').textContent).not.toContain(words.split(':')[0])
    },
  )

  it('counts nothing down in a replay', async () => {
    for (const scene of ['poll', 'raffle'])
      expect((await open(scene, { $status: 'replay' })).root.querySelector('time')).toBeNull()
  })

  describe('of a giveaway that one enters by a word or a question', () => {
    const line = (id: string, text: string) =>
      ({ key: id, id, at: 1, own: 'sent', text, author: { id: 'me', name: 'A', role: 'viewer' } }) as const
    const asked = ({ calls }: Awaited<ReturnType<typeof open>>) =>
      calls.filter(({ name }) => name === 'send').map(({ args }) => args[1])

    it('asks for the entry of whoever wrote the word in the chat, once for each time', async () => {
      const values = { ...joinScenes['raffle-word'], $sheet: null }
      const refuse = { send: async () => ({ ok: false, reason: 'not-allowed' as const }) }
      const drawn = await draw(<NowSlot />, { values, commands: refuse })
      await drawn.act(() => drawn.stores.$chat.set([line('k', 'a mug!')]))
      await drawn.act(() => drawn.stores.$chat.set([line('k', 'a mug!'), line('l', 'hello')]))
      expect(asked(drawn)).toEqual([{ id: 'r1' }])
      await drawn.act(() => drawn.stores.$chat.set([line('l', 'hello'), line('m', 'mug, please')]))
      expect(asked(drawn)).toEqual([{ id: 'r1' }, { id: 'r1' }])
    })

    it('asks again for an entry whose answer was lost, after the end of the entries too', async () => {
      let isLost = true
      const send = async () => (isLost ? { ok: false as const, reason: 'offline' as const } : { ok: true as const })
      const drawn = await draw(<NowSlot />, {
        values: { ...joinScenes['raffle-word'], $sheet: null },
        commands: { send },
      })
      await drawn.act(() => drawn.stores.$chat.set([line('k', 'mug')]))
      expect(asked(drawn)).toHaveLength(1)
      isLost = false
      const { r1 } = drawn.stores.$room.get().raffles
      const close = { v: 1, id: 'c', at: 1, seq: 9, epoch: 'e', type: 'raffle.close', data: { id: 'r1' } } as const
      const ended = { ...drawn.stores.$room.get(), raffles: { r1: { ...r1, close } } }
      await drawn.act(() => drawn.stores.$room.set(ended))
      expect(asked(drawn)).toHaveLength(2)
      await drawn.act(() => drawn.stores.$room.set({ ...ended, raffles: { ...ended.raffles } }))
      expect(asked(drawn)).toHaveLength(2)
    })

    it('asks however many lines of one’s own there are, have been, and have gone', async () => {
      const gone = await open('raffle-word')
      await gone.act(() => gone.stores.$chat.set([line('a', 'hello')]))
      await gone.act(() => gone.stores.$chat.set([]))
      await gone.act(() => gone.stores.$chat.set([line('b', 'mug')]))
      expect(asked(gone)).toEqual([{ id: 'r1' }])
      const full = await open('raffle-word')
      const many = Array.from({ length: 20 }, (_, i) => line(`k${i}`, 'hi'))
      await full.act(() => full.stores.$chat.set(many))
      await full.act(() => full.stores.$chat.set([...many.slice(1), line('w', 'mug')]))
      expect(asked(full)).toEqual([{ id: 'r1' }])
    })

    it('asks for each of those that are open', async () => {
      const drawn = await open('raffle-word')
      const { r1 } = drawn.stores.$room.get().raffles
      const r2 = r1?.open && { open: { ...r1.open, data: { ...r1.open.data, id: 'r2', word: 'vase' } } }
      const r3 = r1?.open && { open: { ...r1.open, data: { ...r1.open.data, id: 'r3', entry: 'question' as const } } }
      await drawn.act(() => {
        if (r1 && r2 && r3) drawn.stores.$room.set({ ...drawn.stores.$room.get(), raffles: { r1, r2, r3 } })
        drawn.stores.$chat.set([line('a', 'mug'), line('b', 'Vase')])
      })
      expect(asked(drawn)).toEqual([{ id: 'r1' }, { id: 'r2' }])
      await drawn.act(() => drawn.stores.$mine.set({ ...drawn.stores.$mine.get(), questions: ['q'] }))
      expect(asked(drawn).at(-1)).toEqual({ id: 'r3' })
    })
  })
})

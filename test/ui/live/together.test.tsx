// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ActionType } from '../../../src/model/action.ts'
import { NOTHING_MINE } from '../../../src/state/mine.ts'
import { FollowButton } from '../../../src/ui/live/together/follow-button.tsx'
import { Together } from '../../../src/ui/live/together/together.tsx'
import { draw } from '../../support/draw.tsx'
import { roomOf } from '../../support/talk-scenes.ts'
import { demoShow, NOW } from '../../support/ui-harness.tsx'

const hearts = (total: number) => roomOf(['reaction.batch', { total }])
const order = (ago = 2, data: object = {}) => roomOf(['order.proof', { productId: 'mug', ...data }, ago])
const can = (actions: readonly ActionType[]) => ({
  ...{ chat: true, readCart: true, changeCart: true, checkout: true },
  actions,
})

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

describe('HeartButton', () => {
  it('counts a press at once, and sends all presses of a second together', async () => {
    const drawn = await draw(<Together layout="tall" />, { values: { $room: hearts(12_480) } })
    expect(drawn.find('.heart small').textContent).toBe('12,480')
    const press = () => drawn.find('.heart button')
    for (let i = 0; i < 3; i++) await drawn.click(press())
    expect(press().getAttribute('aria-label')).toBe('Send a heart, 12,483 so far')
    expect(drawn.find('.heart small').textContent).toBe('12,483')
    expect(drawn.calls).toEqual([])
    await drawn.act(() => vi.advanceTimersByTime(1000))
    expect(drawn.calls).toEqual([{ name: 'send', args: ['reaction.send', { count: 3 }] }])
    await drawn.act(() => drawn.stores.$room.set(hearts(12_490)))
    expect(press().getAttribute('aria-label')).toBe('Send a heart, 12,490 so far')
  })

  it('sends no more than twenty in a second', async () => {
    const drawn = await draw(<Together layout="tall" />)
    for (let i = 0; i < 50; i++) await drawn.click(drawn.find('.heart button'))
    await drawn.act(() => vi.advanceTimersByTime(1000))
    expect(drawn.calls).toEqual([{ name: 'send', args: ['reaction.send', { count: 20 }] }])
  })

  it('takes back what got lost, and says so', async () => {
    const drawn = await draw(<Together layout="tall" />, {
      values: { $room: hearts(5) },
      commands: { send: async () => ({ ok: false, reason: 'offline' }) },
    })
    await drawn.click(drawn.find('.heart button'))
    await drawn.act(() => vi.advanceTimersByTime(1000))
    expect(drawn.find('.heart button').getAttribute('aria-label')).toBe('Send a heart, 5 so far')
    expect(drawn.spoken).toContain('Your heart got lost')
  })

  it('is not there in a replay, and not where hearts cannot be sent', async () => {
    const replay = await draw(<Together layout="tall" />, { values: { $status: 'replay' } })
    expect(replay.root.querySelector('.heart')).toBeNull()
    const none = await draw(<Together layout="tall" />, { values: { $can: can([]) } })
    expect(none.root.querySelector('.heart')).toBeNull()
  })
})

describe('OrderNotice', () => {
  const words = (root: HTMLElement) => root.textContent?.replace(/[\u2068\u2069]/g, '')

  it('tells a confirmed order with no more than its buyer agreed to, for a few seconds', async () => {
    const drawn = await draw(<Together layout="tall" />, { values: { $room: order(2, { place: 'Kazan' }), $now: NOW } })
    expect(words(drawn.find('.order'))).toContain('Someone in Kazan just bought Two-glaze mug')
    await drawn.act(() => drawn.stores.$room.set(order(2, { place: 'Ka\u202ezan', name: 'Anna' })))
    expect(words(drawn.find('.order'))).toContain('Anna in Kazan just bought')
    await drawn.act(() => drawn.stores.$room.set(order(2)))
    expect(words(drawn.find('.order'))).toContain('Someone just bought')
    await drawn.act(() => drawn.stores.$now.set(NOW + 7000))
    expect(drawn.root.querySelector('.order')).toBeNull()
  })

  it('comes in a replay when the picture gets there', async () => {
    const drawn = await draw(<Together layout="tall" />, {
      values: { $room: order(2), $status: 'replay', $now: NOW + 1e9, $picture: NOW },
    })
    expect(drawn.find('.order')).toBeTruthy()
  })

  it('is gone for good once the viewer hides it, and not there where the show wants none', async () => {
    const drawn = await draw(<Together layout="tall" />, { values: { $room: order(), $now: NOW } })
    await drawn.click(drawn.button('Do not show purchases'))
    expect(drawn.stores.$mine.get().hidesOrders).toBe(true)
    expect(drawn.root.querySelector('.order')).toBeNull()
    const off = await draw(<Together layout="tall" />, {
      values: { $room: order(), $now: NOW, $show: { ...demoShow, orderNotices: false } },
    })
    expect(off.root.querySelector('.order')).toBeNull()
  })
})

describe('sharing', () => {
  const share = vi.fn()
  const writeText = vi.fn()
  const offer = (abilities: object) => {
    for (const [name, value] of Object.entries(abilities))
      Object.defineProperty(navigator, name, { value, configurable: true })
  }
  afterEach(() => {
    offer({ share: undefined })
    share.mockReset()
    writeText.mockReset()
  })

  it('gives the device’s own sheet a link to this very moment', async () => {
    share.mockResolvedValue(undefined)
    offer({ share })
    const drawn = await draw(<Together layout="tall" />, { values: { $picture: NOW - 4000 } })
    await drawn.click(drawn.button('Share this moment'))
    const { url, title } = (share.mock.calls[0]?.[0] ?? {}) as ShareData
    expect(Object.fromEntries(new URL(url ?? '').searchParams)).toEqual({ castcart: 'friday', at: `${NOW - 4000}` })
    expect(title).toBe('Friday drop: six things for November')
    expect(drawn.spoken).toEqual([])
  })

  it('copies the link where there is no such sheet, and says so', async () => {
    writeText.mockResolvedValue(undefined)
    offer({ share: undefined, clipboard: { writeText } })
    const drawn = await draw(<Together layout="tall" />)
    await drawn.click(drawn.button('Share this moment'))
    expect(writeText).toHaveBeenCalledTimes(1)
    expect(drawn.find('.together .pill').textContent).toBe('Link copied')
    await drawn.act(() => vi.advanceTimersByTime(4000))
    expect(drawn.root.querySelector('.together .pill')).toBeNull()
  })

  it('says nothing when the viewer thinks better of it, and what failed when it does', async () => {
    share.mockRejectedValue(new DOMException('no', 'AbortError'))
    writeText.mockRejectedValue(new Error('denied'))
    offer({ share, clipboard: { writeText } })
    const drawn = await draw(<Together layout="tall" />)
    await drawn.click(drawn.button('Share this moment'))
    expect(drawn.spoken).toEqual([])
    offer({ share: undefined })
    await drawn.click(drawn.button('Share this moment'))
    expect(drawn.spoken).toEqual(['The link could not be copied'])
  })
})

describe('following', () => {
  it('follows from the host’s head, which then leaves', async () => {
    const drawn = await draw(<Together layout="tall" />, {
      commands: {
        send: async () => {
          drawn.stores.$mine.set({ ...NOTHING_MINE, follows: true })
          return { ok: true }
        },
      },
    })
    await drawn.click(drawn.button('Follow Mira Lind'))
    expect(drawn.calls[0]).toEqual({ name: 'send', args: ['host.follow', { follows: true }] })
    expect(drawn.spoken).toEqual(['You follow Mira Lind'])
    expect(drawn.root.querySelector('.follow-head')).toBeNull()
  })

  it('goes on and off by the button at a desk', async () => {
    const drawn = await draw(<FollowButton />, { values: { $mine: { ...NOTHING_MINE, follows: true } } })
    await drawn.click(drawn.button('Following: Mira Lind'))
    expect(drawn.calls[0]).toEqual({ name: 'send', args: ['host.follow', { follows: false }] })
  })

  it('is not there where the show has no such thing', async () => {
    const drawn = await draw(<FollowButton />, { values: { $can: can([]) } })
    expect(drawn.root.textContent).toBe('')
  })
})

describe('the way to the questions', () => {
  it('stands over the picture where there is no chat to find it in', async () => {
    const values = {
      $can: { ...can([]), chat: false },
      $status: 'replay',
      $show: { ...demoShow, questionsTo: '/ask' },
    } as const
    const drawn = await draw(<Together layout="tall" />, { values })
    await drawn.click(drawn.button('Questions to the host'))
    expect(drawn.stores.$sheet.get()).toEqual({ name: 'questions' })
  })

  it('is not there in a live show that takes no questions, wherever those of its replay go', async () => {
    const values = { $can: { ...can([]), chat: false }, $show: { ...demoShow, questionsTo: '/ask' } } as const
    const drawn = await draw(<Together layout="tall" />, { values: { ...values, $status: 'live' } })
    expect(drawn.root.querySelector('[aria-label="Questions to the host"]')).toBeNull()
  })
})

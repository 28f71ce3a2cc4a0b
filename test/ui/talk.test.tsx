// @vitest-environment happy-dom
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChatLine } from '../../src/state/chat-line.ts'
import { UiContext } from '../../src/ui/context.ts'
import { Talk } from '../../src/ui/live/talk/talk.tsx'
import { SpeakContext } from '../../src/ui/speak.tsx'
import { demoChat, demoShow, type FakeOptions, fakeModel, liveValues, NOW, set } from '../support/ui-harness.tsx'

const said: string[] = []
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  said.length = 0
})
afterEach(() => {
  render(null, document.body)
  vi.useRealTimers()
})

async function draw(options?: FakeOptions) {
  const fake = fakeModel(options)
  const speak = (text: string) => void said.push(text)
  await act(() =>
    render(
      <UiContext.Provider value={fake.model}>
        <SpeakContext.Provider value={speak}>
          <Talk layout="desk" />
        </SpeakContext.Provider>
      </UiContext.Provider>,
      document.body,
    ),
  )
  return { ...fake, change: (values: Parameters<typeof set>[1]) => act(() => set(fake.stores, values)) }
}

function find<T extends Element = HTMLElement>(selector: string): T {
  const element = document.querySelector<T>(selector)
  if (!element) throw new Error(`nothing matches ${selector}`)
  return element
}
const message = (id: string, text = 'hi', more: Partial<ChatLine> = {}): ChatLine => ({
  key: id,
  id,
  at: NOW,
  author: { id: 'v', name: 'Anna', role: 'viewer' },
  text,
  ...more,
})
const many = (count: number) => Array.from({ length: count }, (_, index) => message(`m${index}`))
const rows = () => document.querySelectorAll('.lines li')
const write = (text: string) =>
  act(() => {
    const input = find<HTMLInputElement>('.composer input')
    input.value = text
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })
const send = () =>
  act(async () => {
    find('.composer').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
    await Promise.resolve()
  })
const field = () => find<HTMLInputElement>('.composer input').value

describe('ChatList', () => {
  it('shows at most the newest 200 messages', async () => {
    await draw({ values: { $chat: many(260) } })
    expect(rows()).toHaveLength(200)
  })

  it('marks the host, quotes what is answered and isolates the words of viewers', async () => {
    await draw({ values: { $chat: demoChat } })
    const host = find('[data-role=host]')
    expect(host.querySelector('.tag')?.textContent).toBe('Host')
    expect(host.querySelector('q')?.textContent).toBe('Anna: Does it survive the dishwasher?')
    expect([...host.querySelectorAll('bdi')].length).toBeGreaterThan(1)
  })

  it('shows what viewers write as text, whatever it looks like', async () => {
    await draw({ values: { $chat: [message('x', '<img src=x onerror=alert(1)>')] } })
    expect(document.querySelector('.lines img')).toBeNull()
    expect(rows()[0]?.textContent).toContain('<img src=x onerror=alert(1)>')
  })

  it('is no live region of its own', async () => {
    await draw()
    expect(find('[role=log]').getAttribute('aria-live')).toBe('off')
  })

  it('holds still while one reads further up, without what is deleted, and counts what came', async () => {
    const { change, stores } = await draw({ values: { $chat: many(3) } })
    const list = find('.lines')
    Object.defineProperties(list, { scrollHeight: { value: 900 }, clientHeight: { value: 300 } })
    list.scrollTop = 100
    await act(() => void list.dispatchEvent(new Event('scroll')))
    await change({ $chat: [...many(3), message('late1'), message('late2')] })
    expect(rows()).toHaveLength(3)
    expect(find('.new').textContent).toBe('2 new messages')
    const deletion = { v: 1, epoch: 'e', seq: 1, id: 'd', at: NOW, type: 'chat.delete', data: { ids: ['m1'] } } as const
    await change({ $room: { ...stores.$room.get(), deleted: { m1: deletion } } })
    expect(rows()).toHaveLength(2)
    await act(() => find('.new').click())
    expect(rows()).toHaveLength(5)
  })
})

describe('useChatDigest', () => {
  it('tells how many messages came, at most once in 8 seconds, and nothing of a silent chat', async () => {
    const { change } = await draw({ values: { $chat: [] } })
    for (let burst = 1; burst <= 40; burst++) await change({ $chat: many(burst) })
    expect(said).toEqual([])
    await act(() => void vi.advanceTimersByTime(8000))
    expect(said).toEqual(['40 new messages'])
    await act(() => void vi.advanceTimersByTime(30_000))
    expect(said).toHaveLength(1)
  })

  it("tells the host's own words", async () => {
    const { change } = await draw({ values: { $chat: [] } })
    await change({
      $chat: [message('h', 'Top rack', { author: { id: 'h', name: 'Mira', role: 'host' } }), message('a')],
    })
    await act(() => void vi.advanceTimersByTime(8000))
    expect(said).toEqual(['Mira: Top rack'])
  })
})

describe('Composer', () => {
  it('sends what was written as a guest, once, and empties the field', async () => {
    const { calls } = await draw()
    await write('  hello ')
    await send()
    expect(calls).toContainEqual({ name: 'say', args: ['hello'] })
    expect(field()).toBe('')
    await send()
    expect(calls.filter(({ name }) => name === 'say')).toHaveLength(1)
  })

  it('does not send with the Enter that ends a composition', async () => {
    await draw()
    const press = (init: KeyboardEventInit) => {
      const event = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...init })
      find('.composer input').dispatchEvent(event)
      return event.defaultPrevented
    }
    expect(press({ isComposing: true })).toBe(true)
    expect(press({ keyCode: 229 })).toBe(true)
    expect(press({})).toBe(false)
  })

  it('counts what a reader calls characters, and sends nothing longer than the show allows', async () => {
    const { calls } = await draw({ values: { $show: { ...demoShow, chat: { maxLength: 5 } } } })
    await write('👩‍👩‍👧‍👦👍🏽e\u0301ab')
    expect(find('.note').textContent).toBe('0 characters left')
    await write('👩‍👩‍👧‍👦👍🏽e\u0301abc')
    expect(find('.composer input').getAttribute('aria-invalid')).toBe('true')
    await send()
    expect(calls).toEqual([])
  })

  it('keeps the words and counts down where the answer is "too fast"', async () => {
    const { change, calls } = await draw({
      commands: { say: async () => ({ ok: false, reason: 'too-fast', retryAfter: 7 }) },
    })
    await write('again')
    await send()
    expect(field()).toBe('again')
    expect(find('.note').textContent).toBe('You can write again in 7 s')
    await send()
    expect(calls.filter(({ name }) => name === 'say')).toHaveLength(1)
    await change({ $now: NOW + 7000 })
    expect(document.querySelector('.note')).toBeNull()
  })

  it('says when the chat is closed or offline', async () => {
    const { change } = await draw({ values: { $show: { ...demoShow, chat: { mode: 'closed' } } } })
    expect(find('.composer').textContent).toBe('The chat is closed')
    await change({ $show: demoShow, $connection: 'reconnecting' })
    expect(find<HTMLInputElement>('.composer input').placeholder).toBe('Chat is reconnecting…')
  })

  it('is not there where nobody may write', async () => {
    await draw({
      values: {
        $can: {
          ...(liveValues().$can ?? { readCart: true, changeCart: true, checkout: true, actions: [] }),
          chat: false,
        },
      },
    })
    expect(document.querySelector('.composer')).toBeNull()
  })
})

// @vitest-environment happy-dom
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChatLine } from '../../src/state/chat-line.ts'
import { NOTHING_MINE } from '../../src/state/mine.ts'
import { UiContext } from '../../src/ui/context.ts'
import { Talk } from '../../src/ui/live/talk/talk.tsx'
import { roomOf } from '../support/talk-scenes.ts'
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
  const values = { $mine: { ...NOTHING_MINE, name: '', hasAgreed: true }, ...options?.values }
  const fake = fakeModel({ ...options, values })
  const speak = (text: string) => void said.push(text)
  await act(() =>
    render(
      <UiContext.Provider value={{ ...fake.model, speak }}>
        <Talk layout="desk" />
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
const message = (id: string, text = `hi ${id}`, more: Partial<ChatLine> = {}): ChatLine => ({
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

describe('Talk', () => {
  it('leaves the chat of a replay out for who does not want it, and never that of a live show', async () => {
    const hidden = { $mine: { ...NOTHING_MINE, name: '', hasAgreed: true, hidesChat: true } }
    const { change } = await draw({ values: { ...hidden, $status: 'replay' } })
    expect(document.querySelector('.chat-box')).toBeNull()
    await change({ $status: 'live' })
    expect(document.querySelector('.chat-box')).not.toBeNull()
  })
})

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

  it('takes a name off that turns out to be the team’s, and a quote of what was deleted', async () => {
    const spoof = message('a', 'pay here', { author: { id: 'v', name: 'Aster & 0ak', role: 'viewer' } })
    const answer = message('b', 'no', { replyTo: { id: 'x', name: 'Ben', text: 'rude' } })
    const { change } = await draw({ values: { $chat: [spoof, answer] } })
    expect(find('.lines').textContent).toContain('Aster & 0ak')
    const team = message('t', 'hello', { author: { id: 't', name: 'Aster & Oak', role: 'moderator' } })
    await change({ $chat: [spoof, { ...answer, replyTo: undefined }, team] })
    expect(find('.lines').textContent).not.toContain('0ak')
    expect(document.querySelector('.lines q')).toBeNull()
  })

  it('is no live region of its own', async () => {
    await draw()
    expect(find('[role=log]').getAttribute('aria-live')).toBe('off')
  })

  it('holds still while one reads further up, without what is deleted, and counts what came', async () => {
    const answer = message('m2', 'no', { replyTo: { id: 'lost', name: 'Ben', text: 'rude' } })
    const { change, stores } = await draw({ values: { $chat: [...many(2), answer] } })
    const list = find('.lines')
    expect(find('.lines q').textContent).toBe('Ben: rude')
    Object.defineProperties(list, { scrollHeight: { value: 900 }, clientHeight: { value: 300 } })
    list.scrollTop = 100
    await act(() => void list.dispatchEvent(new Event('scroll')))
    await change({ $chat: [...many(3), message('late1'), message('late2')] })
    expect(rows()).toHaveLength(3)
    expect(find('.new').textContent).toBe('2 new messages')
    const deletion = { v: 1, epoch: 'e', seq: 1, id: 'd', at: NOW, type: 'chat.delete', data: { ids: ['m1'] } } as const
    await change({ $room: { ...stores.$room.get(), deleted: { m1: deletion } } })
    expect(rows()).toHaveLength(2)
    const gone = { m1: deletion, lost: deletion }
    await change({ $room: { ...stores.$room.get(), deleted: gone } })
    expect(document.querySelector('.lines q')).toBeNull()
    await act(() => find('.new').click())
    expect(rows()).toHaveLength(5)
  })
})

describe('PinnedMessage', () => {
  const pinned = (text: string) => ({
    v: 1 as const,
    epoch: 'e',
    seq: 4,
    id: 'p',
    at: NOW,
    type: 'chat.pin' as const,
    data: { message: { id: 'm1', author: { id: 'h', name: 'Mira', role: 'host' as const }, text } },
  })

  it('stands above the chat until the message is deleted', async () => {
    const { change, stores } = await draw()
    const room = stores.$room.get()
    await change({ $room: { ...room, now: { ...room.now, chatPin: pinned('Free delivery') } } })
    expect(find('.pinned p').textContent).toContain('Mira Free delivery')
    const deletion = { v: 1, epoch: 'e', seq: 5, id: 'd', at: NOW, type: 'chat.delete', data: { ids: ['m1'] } } as const
    await change({ $room: { ...stores.$room.get(), deleted: { m1: deletion } } })
    expect(document.querySelector('.pinned')).toBeNull()
  })

  it('shows one line, and all of it when it is pressed', async () => {
    const { change, stores } = await draw()
    const room = stores.$room.get()
    await change({ $room: { ...room, now: { ...room.now, chatPin: pinned('Free delivery') } } })
    expect(find('.pinned-open').getAttribute('aria-expanded')).toBe('false')
    await act(() => find('.pinned-open').click())
    expect(find('.pinned-open').getAttribute('aria-expanded')).toBe('true')
  })
})

describe('ChatWords', () => {
  const team = { id: 't', name: 'Team', role: 'moderator' } as const

  it('makes links of what the team writes, safe ones, and of nothing that a viewer writes', async () => {
    const text = 'see https://aster.example/a?b=1. or javascript://x'
    await draw({ values: { $chat: [message('a', text), message('b', text, { author: team })] } })
    const links = [...document.querySelectorAll('.lines a')]
    expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['aster.example/a?b=1', 'https://aster.example/a?b=1'],
    ])
    expect(links[0]?.getAttribute('rel')).toBe('noopener noreferrer nofollow ugc')
    expect(links[0]?.closest('li')?.dataset.role).toBe('moderator')
  })

  it('marks the name of this viewer where it is called', async () => {
    await draw({ values: { $mine: { ...NOTHING_MINE, name: 'Noor' }, $chat: [message('a', 'hey @noor, look')] } })
    expect(find('mark').textContent).toBe('@noor')
    expect(find('li').dataset.me).toBe('true')
  })
})

describe('MessageActs', () => {
  const open = async (options?: FakeOptions) => {
    const drawn = await draw({
      values: { $chat: [message('a'), message('b', 'buy!', { author: SPAMMER })] },
      ...options,
    })
    await act(() => find('[data-id=b]').click())
    return drawn
  }
  const SPAMMER = { id: 'v9', name: 'Spam', role: 'viewer' } as const
  const press = (name: string) =>
    act(() => {
      const button = [...document.querySelectorAll<HTMLElement>('.acts button')].find((one) => one.textContent === name)
      if (!button) throw new Error(`no button ${name}`)
      button.click()
    })

  it('hides an author for this viewer, and says so', async () => {
    const { stores } = await open()
    await press('Hide author')
    expect(stores.$mine.get().muted).toEqual(['v9'])
    expect([...rows()].map((row) => row.getAttribute('data-id'))).toEqual(['a'])
    expect(said).toContain('Messages of Spam are hidden for you')
  })

  it('reports a message, which is hidden for this viewer', async () => {
    const { calls } = await open()
    await press('Report')
    expect(calls).toContainEqual({ name: 'send', args: ['message.report', { id: 'b' }] })
    expect([...rows()].map((row) => row.getAttribute('data-id'))).toEqual(['a'])
  })

  it('answers a message, quoted above the field and with the message', async () => {
    const { calls } = await open({
      values: {
        $chat: [message('b', 'buy!', { author: SPAMMER })],
        $mine: { ...NOTHING_MINE, name: '', hasAgreed: true },
      },
    })
    await press('Reply')
    expect(find('.answered').textContent).toContain('To Spam: buy!')
    await write('no')
    await send()
    expect(calls).toContainEqual({ name: 'say', args: ['no', { id: 'b', name: 'Spam', text: 'buy!' }] })
    expect(document.querySelector('.answered')).toBeNull()
  })

  it('is reached and left with the keyboard', async () => {
    await draw({ values: { $chat: [message('a'), message('b')] } })
    const press = (key: string) =>
      act(() => {
        const target = document.activeElement ?? document.body
        target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
      })
    find('.lines').focus()
    await press('ArrowUp')
    await press('ArrowUp')
    expect(document.activeElement?.getAttribute('data-id')).toBe('a')
    await press('Enter')
    expect(document.activeElement?.textContent).toBe('Reply')
    await press('Escape')
    expect(document.querySelector('.acts')).toBeNull()
    expect(document.activeElement).toBe(find('.lines'))
  })
})

describe('an own message that got lost', () => {
  it('is sent again, or taken off, from where it stands', async () => {
    const { calls } = await draw({ values: { $chat: [message('a', 'hello', { own: 'failed' })] } })
    expect(find('.acts').textContent).toContain('Not sent')
    for (const button of document.querySelectorAll<HTMLElement>('.acts button')) await act(() => button.click())
    expect(calls.map(({ name, args }) => [name, ...args])).toEqual([
      ['resay', 'a'],
      ['unsay', 'a'],
    ])
  })
})

describe('JoinPanel', () => {
  const name = (text: string) =>
    act(() => {
      const input = find<HTMLInputElement>('[name=nickname]')
      input.value = text
      input.dispatchEvent(new Event('input', { bubbles: true }))
    })
  const fresh = { values: { $mine: NOTHING_MINE } }

  it('asks for a name and the rules once, before the first message, and then sends it', async () => {
    const { calls, stores } = await draw(fresh)
    await write('hello')
    await send()
    expect(calls).toEqual([])
    expect(find('.hello a').getAttribute('href')).toContain('/chat-rules')
    await name(' An\u202ena ')
    await send()
    expect(stores.$mine.get()).toMatchObject({ name: 'Anna', hasAgreed: true })
    expect(calls.at(-1)).toEqual({ name: 'say', args: ['hello', undefined] })
    await write('again')
    await send()
    expect(calls.at(-1)).toEqual({ name: 'say', args: ['again', undefined] })
    expect(document.querySelector('.hello')).toBeNull()
  })

  it('lets one write without a name', async () => {
    const { stores } = await draw(fresh)
    await write('hello')
    await send()
    await send()
    expect(stores.$mine.get()).toMatchObject({ name: '', hasAgreed: true })
  })

  it('refuses in words a name that looks like the host’s, and one that is too long', async () => {
    const { calls } = await draw(fresh)
    await write('hello')
    await send()
    await name('Мira Lind')
    await send()
    expect(find('[role=alert]').textContent).toContain('choose another')
    await name('a'.repeat(31))
    await send()
    expect(find('[role=alert]').textContent).toContain('30 characters')
    expect(calls).toEqual([])
  })

  it('asks a signed-in customer for the rules alone, and nobody where there are none', async () => {
    const { change } = await draw({ values: { $mine: { ...NOTHING_MINE, name: 'Anna' } } })
    await write('hello')
    await send()
    expect(document.querySelector('[name=nickname]')).toBeNull()
    expect(find('.hello a')).toBeTruthy()
    await change({ $show: { ...demoShow, chat: {} } })
    await send()
    expect(document.querySelector('.hello')).toBeNull()
  })
})

describe('TalkTabs', () => {
  const panel = () => find('[role=tabpanel]')
  const tab = (name: string) => find(`[role=tab][data-tab=${name}]`)
  const press = (key: string) =>
    act(() => void find('[role=tablist]').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })))

  it('are one stop for the keyboard, with arrows, Home and End between them, and name the panel', async () => {
    await draw()
    expect([tab('chat').tabIndex, tab('questions').tabIndex]).toEqual([0, -1])
    expect(tab('chat').getAttribute('aria-controls')).toBe(panel().id)
    expect(panel().getAttribute('aria-labelledby')).toBe(tab('chat').id)
    for (const [key, name] of [
      ['ArrowRight', 'questions'],
      ['ArrowRight', 'chat'],
      ['End', 'questions'],
      ['Home', 'chat'],
      ['ArrowLeft', 'questions'],
    ] as const) {
      await press(key)
      expect(tab(name).getAttribute('aria-selected')).toBe('true')
      expect(document.activeElement).toBe(tab(name))
      expect(panel().getAttribute('aria-labelledby')).toBe(tab(name).id)
    }
    await press('x')
    expect(tab('questions').tabIndex).toBe(0)
  })

  it('goes to the questions and back', async () => {
    await draw({ values: { $room: roomOf(['question.post', { id: 'q', text: 'Why?', votes: 2 }]) } })
    const tab = (name: string) => find(`[role=tab][data-tab=${name}]`)
    expect(tab('questions').textContent).toBe('Questions · 1')
    await act(() => tab('questions').click())
    await vi.waitFor(() => expect(find('.asked').textContent).toContain('Why?'))
    expect(document.querySelector('.lines')).toBeNull()
    await act(() => tab('chat').click())
    expect(find('.lines')).toBeTruthy()
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

  it('tells what was said to this viewer first of all', async () => {
    const { change } = await draw({ values: { $chat: [message('own', 'warm?', { own: 'sent' })] } })
    const told = message('x', 'Very', { replyTo: { id: 'own', name: 'You', text: 'warm?' } })
    await change({
      $chat: [
        message('own', 'warm?', { own: 'sent' }),
        told,
        message('h', 'Hi', { author: { id: 'h', name: 'Mira', role: 'host' } }),
      ],
    })
    await act(() => void vi.advanceTimersByTime(8000))
    expect(said).toEqual(['Anna: Very'])
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
  it('no longer answers a message that was deleted', async () => {
    const { change, stores } = await draw({ values: { $chat: [message('a', 'rude')] } })
    await act(() => find('.lines li').click())
    await act(() =>
      [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Reply')?.click(),
    )
    expect(find('.answered').textContent).toContain('rude')
    const deletion = { v: 1, epoch: 'e', seq: 1, id: 'd', at: NOW, type: 'chat.delete', data: { ids: ['a'] } } as const
    await change({ $room: { ...stores.$room.get(), deleted: { a: deletion } } })
    expect(document.querySelector('.answered')).toBeNull()
  })

  it('sends what was written as a guest, once, and empties the field', async () => {
    const { calls } = await draw()
    await write('  hello ')
    await send()
    expect(calls).toContainEqual({ name: 'say', args: ['hello', undefined] })
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
    await change({ $connection: 'connecting' })
    expect(find<HTMLInputElement>('.composer input').placeholder).not.toBe('Chat is reconnecting…')
  })

  it('says why what cannot be seen is not sent', async () => {
    const { calls } = await draw()
    await write('\u200b\u200d')
    await send()
    expect(find('.note').textContent).toBe('There is nothing in it.')
    expect(calls).toEqual([])
  })

  it('gives back what the show refused, with the reason in words', async () => {
    await draw({ commands: { say: async () => ({ ok: false, reason: 'not-allowed', message: 'No shouting' }) } })
    await write('HEY')
    await send()
    expect(field()).toBe('HEY')
    expect(find('.note').textContent).toBe('No shouting')
  })

  it('leaves what got lost to the chat, where it stands', async () => {
    await draw({ commands: { say: async () => ({ ok: false, reason: 'offline' }) } })
    await write('hello')
    await send()
    expect(field()).toBe('')
    expect(document.querySelector('.note')).toBeNull()
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

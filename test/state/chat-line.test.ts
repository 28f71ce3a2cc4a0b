import { describe, expect, it } from 'vitest'
import { type ChatLine, chatLines } from '../../src/state/chat-line.ts'
import { emptyRoom, fold, type Room } from '../../src/state/room.ts'

const message = (id: string, at: number) => ({
  v: 1,
  id,
  at,
  type: 'chat.message',
  data: { author: { id: 'v', name: 'V', role: 'viewer' }, text: id },
})
const remove = (id: string) => ({ v: 1, epoch: 'e', seq: 1, id: 'd', at: 9, type: 'chat.delete', data: { ids: [id] } })
const own = (id: string, state: 'sending' | 'sent'): ChatLine => ({
  key: 'k',
  id,
  at: 5,
  own: state,
  author: { id: 'me', name: '', role: 'viewer' },
  text: 'mine',
})
const room = (...events: unknown[]) => events.reduce<Room>(fold, emptyRoom())

describe('chatLines', () => {
  it('shows messages by time and leaves deleted ones out', () => {
    expect(chatLines(room(message('b', 2), message('a', 1), remove('b')), []).map(({ id }) => id)).toEqual(['a'])
  })

  it('shows an own message at once and once only', () => {
    expect(chatLines(room(message('a', 1)), [own('k', 'sending')]).map(({ own: state }) => state)).toEqual([
      undefined,
      'sending',
    ])
    const lines = chatLines(room(message('a', 1), message('m7', 3)), [own('m7', 'sent')])
    expect(lines.map(({ id, own: state }) => [id, state])).toEqual([
      ['a', undefined],
      ['m7', 'sent'],
    ])
  })

  it('lets an own message go with those of its time', () => {
    const later = Array.from({ length: 200 }, (_, i) => message(`m${i}`, 100 + i))
    expect(chatLines(room(...later), [own('m-mine', 'sent')]).some(({ id }) => id === 'm-mine')).toBe(false)
  })

  it('quotes no message that was deleted, in what was said before either', () => {
    const known = new WeakMap()
    const quoted = { id: 'a', name: 'V', text: 'rude' }
    const answer = { ...message('b', 2), data: { ...message('b', 2).data, replyTo: quoted } }
    const before = room(message('a', 1), answer)
    expect(chatLines(before, [], known)[1]?.replyTo).toEqual(quoted)
    const after = chatLines(fold(before, remove('a')), [], known)
    expect(after.map(({ id, replyTo }) => [id, replyTo])).toEqual([['b', undefined]])
  })

  it('takes back an own message that was deleted', () => {
    expect(chatLines(room(message('m7', 3), remove('m7')), [own('m7', 'sent')])).toEqual([])
    expect(chatLines(room(remove('m7')), [own('m7', 'sent')])).toEqual([])
  })

  it('shows an own message once when the log tells of it before its answer does', () => {
    const told = { ...message('m8', 6), data: { author: { id: 'v9', name: '', role: 'viewer' }, text: 'mine' } }
    const lines = chatLines(room(told), [own('k', 'sending')])
    expect(lines.map(({ id, own: state }) => [id, state])).toEqual([['m8', 'sent']])
    const long = { ...told, at: 5 - 60_000 }
    expect(chatLines(room(long), [own('k', 'sending')])).toHaveLength(2)
  })

  it('takes no message of the host for an own one', () => {
    const host = {
      ...message('m8', 6),
      epoch: 'e',
      seq: 2,
      data: { author: { id: 'h', name: '', role: 'host' }, text: 'mine' },
    }
    expect(chatLines(room(host), [own('k', 'sending')])).toHaveLength(2)
  })

  it('gives the same line for the same event while nothing about it changes', () => {
    const known = new WeakMap()
    const before = chatLines(room(message('a', 1)), [], known)
    const now = room(message('a', 1), message('b', 2))
    const first = chatLines(now, [], known)
    expect(chatLines(now, [], known).every((line, index) => line === first[index])).toBe(true)
    expect(before[0]).not.toBe(first[0])
    expect(chatLines(now, [own('a', 'sent')], known)[0]).not.toBe(first[0])
  })
})

import { describe, expect, it } from 'vitest'
import type { ChatLine } from '../../src/state/chat-line.ts'
import { type ChatReader, createChatRows, placeOfCall } from '../../src/state/chat-rows.ts'

const line = (id: string, text: string, more: Partial<ChatLine> & { name?: string; by?: string } = {}): ChatLine => {
  const { name = 'Anna', by = name, ...rest } = more
  return { key: id, id, at: 1, author: { id: by, name, role: 'viewer' }, text, ...rest }
}
const reader: ChatReader = { me: 'Noor', host: 'Mira Lind', hidden: [], limit: 200 }
const rowsOf = (lines: readonly ChatLine[], more: Partial<ChatReader> = {}) =>
  createChatRows()(lines, { ...reader, ...more })

describe('createChatRows', () => {
  it('leaves out what cannot be seen', () => {
    expect(rowsOf([line('a', '\u200b\u200d'), line('b', 'hi')]).map(({ id }) => id)).toEqual(['b'])
  })

  it('cleans words, names and what is quoted', () => {
    const quoted = { id: 'q', name: 'B\u202een', text: 'x\u0000y' }
    const [row] = rowsOf([line('a', 'ab\u202ecd', { name: 'An\u2066na', replyTo: quoted })])
    expect(row).toMatchObject({ text: 'abcd', author: { name: 'Anna' }, replyTo: { name: 'Ben', text: 'xy' } })
  })

  it('gives no viewer the name of the host, and the host their own', () => {
    const host = line('h', 'hi', { name: 'Mira Lind' })
    const rows = rowsOf([
      line('a', 'buy here', { name: 'Мira Lіnd' }),
      { ...host, author: { ...host.author, role: 'host' } },
    ])
    expect(rows.map(({ author }) => author.name)).toEqual(['', 'Mira Lind'])
  })

  it('quotes no viewer under the name of the host, and the host under their own', () => {
    const host = line('h', 'hi')
    const rows = rowsOf([
      line('a', 'buy here', { name: 'Мira Lіnd' }),
      { ...host, author: { id: 'host', name: 'Mira Lind', role: 'host' } },
      line('b', 'x', { replyTo: { id: 'a', name: 'Мira Lіnd', text: 'buy here' } }),
      line('c', 'y', { replyTo: { id: 'h', name: 'Mira Lind', text: 'hi' } }),
    ])
    expect(rows.flatMap(({ replyTo }) => replyTo?.name ?? [])).toEqual(['', 'Mira Lind'])
  })

  it('knows the host’s name in every language, and the names that the team writes under', () => {
    const team = { id: 't', name: 'Aster & Oak', role: 'moderator' } as const
    const lines = [
      line('a', 'x', { name: 'Мира Линд' }),
      line('b', 'y', { name: 'Aster&Oak' }),
      line('t', 'z', { author: team }),
    ]
    const rows = rowsOf(lines, { host: { en: 'Mira Lind', ru: 'Мира Линд' } })
    expect(rows.map(({ author }) => author.name)).toEqual(['', '', 'Aster & Oak'])
  })

  it('leaves out muted authors and reported messages', () => {
    const lines = [line('a', 'one', { by: 'v1' }), line('b', 'two', { by: 'v2' }), line('c', 'three', { by: 'v3' })]
    expect(rowsOf(lines, { hidden: ['v1', 'b'] }).map(({ id }) => id)).toEqual(['c'])
  })

  it('makes one row of the same words said again and again', () => {
    const rows = rowsOf([line('a', 'BUY'), line('b', 'BUY'), line('c', 'BUY'), line('d', 'BUY', { name: 'Ben' })])
    expect(rows.map(({ key, times, author }) => [key, times, author.name])).toEqual([
      ['a', 3, 'Anna'],
      ['d', 1, 'Ben'],
    ])
  })

  it('marks what answers or names the viewer', () => {
    const own = line('m', 'is it warm?', { own: 'sent', name: '' })
    const rows = rowsOf([
      own,
      line('a', 'yes', { replyTo: { id: 'm', name: 'Noor', text: 'is it warm?' } }),
      line('b', 'hello @noor!'),
      line('c', 'hello @noora'),
    ])
    expect(rows.map(({ isToMe }) => isToMe)).toEqual([false, true, true, false])
  })

  it('sees a name that was given later', () => {
    const rows = createChatRows()
    const lines = [line('a', 'hello @Ben')]
    expect(rows(lines, reader)[0]?.isToMe).toBe(false)
    expect(rows(lines, { ...reader, me: 'Ben' })[0]?.isToMe).toBe(true)
  })

  it('keeps the newest, as many as it may', () => {
    const lines = Array.from({ length: 300 }, (_, index) => line(`m${index}`, `words ${index}`))
    const rows = rowsOf(lines, { limit: 40 })
    expect(rows.map(({ id }) => id)).toEqual(lines.slice(-40).map(({ id }) => id))
  })

  it('gives the same row for the same line', () => {
    const rows = createChatRows()
    const lines = [line('a', 'one'), line('b', 'two')]
    expect(rows([...lines], reader)[0]).toBe(rows([...lines, line('c', 'three')], reader)[0])
  })
})

describe('placeOfCall', () => {
  it('finds a whole name after an @, in any case', () => {
    expect(placeOfCall('so, @ANNA B: yes', 'Anna b')).toBe(4)
    expect(placeOfCall('@annab', 'Anna')).toBe(-1)
    expect(placeOfCall('Anna', 'Anna')).toBe(-1)
    expect(placeOfCall('@', '')).toBe(-1)
  })
})

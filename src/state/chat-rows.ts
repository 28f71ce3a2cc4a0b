import { cleanWords } from '../lib/clean-words.ts'
import { lookAlikes } from '../lib/look-alike.ts'
import type { LocalText } from '../model/local-text.ts'
import type { ChatLine } from './chat-line.ts'

/** A line of the chat made harmless to read. */
export interface ChatRow extends ChatLine {
  /** How often in a row its author said the same. */
  readonly times: number
  /** It answers this viewer, or names them. */
  readonly isToMe: boolean
}

/** For whom rows are made. */
export interface ChatReader {
  /** The viewer's name in the chat; empty: none. */
  readonly me: string
  /** The host's name, one or one for each language: no viewer may bear any of them, or any that the host and the team write under. */
  readonly host: LocalText | undefined
  /** Ids of authors and of messages that the viewer wants not to see. */
  readonly hidden: readonly string[]
  /** Rows at most, the newest. */
  readonly limit: number
}

/**
 * Makes rows of lines: without what cannot be seen or the viewer hides; words cleaned; a viewer's name that would be taken for the host's or the team's is
 * empty; the same words by one author one after another are one row. A line is cleaned once.
 */
export function createChatRows(): (lines: readonly ChatLine[], reader: ChatReader) => ChatRow[] {
  let cleaned = new WeakMap<ChatLine, ChatRow>()
  let names = ''
  let isTaken = lookAlikes([])
  return (lines, { me, host = '', hidden, limit }) => {
    const team = new Set(typeof host === 'string' ? [host] : Object.values(host))
    for (const { author } of lines) if (author.role !== 'viewer') team.add(author.name)
    const now = [me, ...team].join('\n')
    if (names !== now) {
      cleaned = new WeakMap()
      isTaken = lookAlikes(team)
      names = now
    }
    const isHidden = new Set(hidden)
    const mine = new Set(lines.flatMap(({ id, own }) => (own ? [id] : [])))
    const viewers = new Set(lines.flatMap(({ id, author }) => (author.role === 'viewer' ? [id] : [])))
    const rows: ChatRow[] = []
    for (let i = lines.length - 1; i >= 0 && rows.length <= limit; i--) {
      const line = lines[i]
      if (!line || isHidden.has(line.author.id) || isHidden.has(line.id)) continue
      const row = cleaned.get(line) ?? clean(line, { me, isTaken, mine, viewers })
      cleaned.set(line, row)
      const next = rows.at(-1)
      if (!row.text) continue
      if (next && isSame(row, next)) rows[rows.length - 1] = { ...row, times: next.times + 1, own: next.own ?? row.own }
      else rows.push(row)
    }
    return rows.slice(0, limit).reverse()
  }
}

const isSame = (row: ChatRow, next: ChatRow): boolean =>
  row.author.id === next.author.id && row.text === next.text && !row.replyTo && !next.replyTo && next.own !== 'failed'

interface Cleaning {
  readonly me: string
  isTaken(name: string): boolean
  /** Ids of this viewer's messages, and of all viewers'. */
  readonly mine: ReadonlySet<string>
  readonly viewers: ReadonlySet<string>
}

function clean(line: ChatLine, of: Cleaning): ChatRow {
  const { author, replyTo } = line
  const text = cleanWords(line.text)
  const nameOf = (name: string, isViewer: boolean) => {
    const called = cleanWords(name)
    return isViewer && of.isTaken(called) ? '' : called
  }
  return {
    ...line,
    text,
    author: { ...author, name: nameOf(author.name, author.role === 'viewer') },
    replyTo: replyTo && {
      ...replyTo,
      name: nameOf(replyTo.name, of.viewers.has(replyTo.id)),
      text: cleanWords(replyTo.text),
    },
    times: 1,
    isToMe: !line.own && ((replyTo !== undefined && of.mine.has(replyTo.id)) || placeOfCall(text, of.me) >= 0),
  }
}

/** Where in a text somebody is called: `@` and the whole name; -1: nowhere. */
export function placeOfCall(text: string, name: string): number {
  if (!name) return -1
  const [all, wanted] = [text.toLowerCase(), `@${name.toLowerCase()}`]
  const place = all.indexOf(wanted)
  return place < 0 || /[\p{L}\p{N}]/u.test(all[place + wanted.length] ?? '') ? -1 : place
}

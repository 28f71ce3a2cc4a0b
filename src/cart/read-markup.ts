import { plainText } from '../lib/plain-text.ts'

/** A start tag as text: its attributes, decoded, and where it stands. */
export interface Tag {
  readonly attributes: Readonly<Record<string, string>>
  readonly start: number
  readonly end: number
}

/** Start tags of a name, in their order, out of a page as text: nothing of it is parsed into this document. */
export function tagsIn(html: string, name: string): readonly Tag[] {
  const found = html.matchAll(new RegExp(`<${name}\\b((?:"[^"]*"|'[^']*'|[^'">])*)>`, 'gi'))
  return [...found].map(({ 0: tag, 1: inside = '', index }) => {
    const pairs = inside.matchAll(/([\w:[\]-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)
    const attributes = [...pairs].map(([, key = '', double, single, bare]) => [
      key.toLowerCase(),
      plainText(double ?? single ?? bare ?? ''),
    ])
    return { attributes: Object.fromEntries(attributes), start: index, end: index + tag.length }
  })
}

/** The insides of elements of a name that do not nest, such as table rows. */
export const insidesOf = (html: string, name: string): readonly string[] =>
  [...html.matchAll(new RegExp(`<${name}\\b[^>]*>([\\s\\S]*?)</${name}>`, 'gi'))].map(([, inside = '']) => inside)

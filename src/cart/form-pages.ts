import { plainText } from '../lib/plain-text.ts'
import type { Cart, CartItem, CartRefusal } from '../model/cart.ts'
import type { Money } from '../model/money.ts'
import type { KnownIds } from './join-product.ts'
import { reasonOf } from './reason-of.ts'
import { writtenMoney } from './store-money.ts'

/** A page of the shop, parsed and never run. */
export interface ReadPage {
  readonly document: Document
  /** After redirects. */
  readonly url: string
}

/**
 * A page by XMLHttpRequest: a document that it parses is no Trusted Types sink, and nothing in it runs or loads. What the shop refuses
 * is a reason. Rejects for breakage: a dead network, a 5xx, no page.
 */
export async function readPage(url: string, signal: AbortSignal): Promise<ReadPage | CartRefusal> {
  const answer = await request(url, signal)
  if (typeof answer === 'string') return answer
  const { document } = answer
  if (!document) throw new Error(`${url}: no page`)
  return { ...answer, document }
}

/** Posts a form; there is no document where a shop answers its own scripts, such as with JSON. Else like {@link readPage}. */
export const sendForm = (
  url: string,
  signal: AbortSignal,
  form: FormData | URLSearchParams,
): Promise<Partial<ReadPage> | CartRefusal> => request(url, signal, form)

interface Answer {
  readonly document?: Document
  readonly url: string
}

function request(url: string, signal: AbortSignal, form?: FormData | URLSearchParams): Promise<Answer | CartRefusal> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const fail = () => reject(new Error(`${url}: ${request.status || 'no answer'}`))
    request.open(form ? 'POST' : 'GET', url)
    request.responseType = 'document'
    request.onerror = fail
    request.onabort = fail
    request.onload = () => {
      const { status, responseXML: document, responseURL } = request
      if (status < 200 || status >= 500) return fail()
      if (status >= 400) return resolve(reasonOf(status))
      resolve({ url: responseURL || url, ...(document && { document }) })
    }
    signal.addEventListener('abort', () => request.abort(), { once: true })
    if (signal.aborted) fail()
    else request.send(form ?? null)
  })
}

/**
 * How the shop's cart page is read: a selector for each part, below `line` for those of a line. A selector may end in `@name`: then that
 * attribute counts and not the text; `select@value` is what is chosen in a list, `@name` alone an attribute of the line itself.
 */
export interface CartPage {
  /** Address of the cart page. */
  readonly url: string
  /** ISO 4217. */
  readonly currency: string
  /** Each line of the cart. */
  readonly line: string
  /** Absent: the first link of the line. */
  readonly title?: string
  /** Absent: 1. */
  readonly quantity?: string
  /** Of one piece. Absent: made of the line's total. */
  readonly price?: string
  /** Of the line. Absent: made of the price. */
  readonly lineTotal?: string
  /** Of the cart. Absent: the sum of its lines. */
  readonly total?: string
}

/** @throws TypeError for a line without an amount or a quantity */
export function cartOf({ document, url }: ReadPage, page: CartPage, known: KnownIds): Cart {
  const { currency } = page
  const money = (text: string | undefined) => (text === undefined ? undefined : writtenMoney(text, currency))
  const items = [...document.querySelectorAll(page.line)].map((line, index): CartItem => {
    const quantity = page.quantity ? Number.parseInt(textOf(line, page.quantity) ?? '', 10) : 1
    if (Number.isNaN(quantity)) throw new TypeError(`a line of the cart page has no quantity: ${page.quantity}`)
    const one = money(page.price && textOf(line, page.price))
    const all = money(page.lineTotal && textOf(line, page.lineTotal))
    const total = all ?? times(one, quantity)
    const href = line.querySelector('a[href]')?.getAttribute('href') ?? undefined
    const address = href && new URL(href, url)
    return {
      id: `${index}`,
      ...(address ? known.get(address.pathname) : undefined),
      title: plainText(textOf(line, page.title ?? 'a[href]') ?? ''),
      quantity,
      price: one ?? times(total, 1 / (quantity || 1)),
      total,
      url: address ? address.href : undefined,
    }
  })
  const sum = items.reduce((amount, { total }) => amount + total.amount, 0)
  return {
    items,
    quantity: items.reduce((pieces, { quantity }) => pieces + quantity, 0),
    total: money(page.total && textOf(document, page.total)) ?? { amount: sum, currency },
  }
}

function times(money: Money | undefined, factor: number): Money {
  if (!money) throw new TypeError('a line of the cart page has no amount')
  return { ...money, amount: Math.round(money.amount * factor) }
}

/** The text, or the attribute, that a selector means; `@value` of a list is what is chosen in it. */
export function textOf(below: ParentNode, selector: string): string | undefined {
  const [, css = selector, attribute] = /^(.*)@([\w-]+)$/.exec(selector) ?? []
  const found = css ? below.querySelector(css) : (below as Element)
  if (attribute === 'value' && found?.localName === 'select') return (found as HTMLSelectElement).value || undefined
  return (attribute ? found?.getAttribute(attribute) : found?.textContent)?.trim() || undefined
}

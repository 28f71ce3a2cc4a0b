import { describe, expect, it } from 'vitest'
import { askGraphql } from '../../src/cart/store-graphql.ts'
import { askStore, bodyOf, rejected } from '../../src/cart/store-json.ts'
import type { CartContext } from '../../src/model/cart.ts'

const asked: [string, RequestInit | undefined][] = []
const context = (response: () => Response): CartContext => ({
  fetch: async (input, init) => {
    asked.push([`${input}`, init])
    return response()
  },
  locale: 'en',
  signal: new AbortController().signal,
})
const answer = (status: number, body: string | null, headers: Record<string, string> = {}) =>
  context(() => new Response(body, { status, headers }))
const html = { 'content-type': 'text/html; charset=utf-8' }

describe('askStore', () => {
  it('gives the body and sends JSON that no page can bend', async () => {
    const found = await askStore('/cart', answer(200, '{"a":1}'), { json: { list: [1] } })
    expect(bodyOf(found)).toEqual({ a: 1 })
    expect(asked.at(-1)?.[1]).toMatchObject({ method: 'POST', body: '{"list":[1]}', credentials: 'same-origin' })
  })

  it('sends a form without a type of its own, so that the browser writes it', async () => {
    const form = new URLSearchParams({ id: '1' })
    await askStore('/add', answer(200, '{}'), { form })
    expect(asked.at(-1)?.[1]).toMatchObject({ method: 'POST', body: form, headers: { accept: 'application/json' } })
    expect(asked.at(-1)?.[1]?.headers).not.toHaveProperty('content-type')
  })

  it('takes 204 for an answer without a body', async () => {
    expect(await askStore('/gone', answer(204, null), { method: 'DELETE' })).toMatchObject({ body: undefined })
  })

  it.for([
    [400, 'refused'],
    [401, 'signed-out'],
    [403, 'refused'],
    [404, 'not-found'],
    [422, 'refused'],
  ] as const)('calls %i %s, with the body for those who know more', async ([status, reason]) => {
    expect(await askStore('/', answer(status, '{"message":"no","code":7}'))).toMatchObject({
      ...{ reason, status, message: 'no', body: { code: 7 } },
    })
    expect(await askStore('/', answer(status, '<h1>no</h1>', html))).toMatchObject({ reason, message: undefined })
  })

  it('tells when it may be asked again', async () => {
    expect(await askStore('/', answer(409, 'busy'))).toMatchObject({ reason: 'rate-limited', retryAfter: 1 })
    expect(await askStore('/', answer(429, '', { 'retry-after': '7' }))).toMatchObject({ retryAfter: 7 })
    expect(await askStore('/', answer(429, '', { 'retry-after': 'Wed, 21 Oct 2026' }))).not.toHaveProperty('retryAfter')
  })

  it.for([
    ['a 5xx', answer(502, '{}')],
    ['HTML', answer(200, '<!doctype html>', html)],
    ['a body cut short', answer(200, '{"items":[{"id"')],
    ['nothing', answer(200, '')],
  ] as const)('throws for %s', async ([, from]) => {
    await expect(askStore('/', from)).rejects.toThrow()
  })

  it('takes a page that the store sent to for signed out', async () => {
    const wall = context(() =>
      Object.defineProperty(new Response('<form>', { headers: html }), 'redirected', { value: true }),
    )
    expect(await askStore('/', wall)).toMatchObject({ reason: 'signed-out' })
  })
})

describe('bodyOf', () => {
  it('throws for a refusal', async () => {
    const refusal = await askStore('/', answer(404, '{}'))
    expect(() => bodyOf(refusal)).toThrow('not-found')
  })
})

describe('rejected', () => {
  it('is the outcome of a refusal, and says nothing that the store did not say', () => {
    expect(rejected({ reason: 'refused' })).toEqual({ outcome: 'rejected', reason: 'refused' })
    expect(rejected({ reason: 'rate-limited', message: 'later', retryAfter: 2 })).toEqual({
      ...{ outcome: 'rejected', reason: 'rate-limited', message: 'later', retryAfter: 2 },
    })
  })
})

describe('askGraphql', () => {
  it('gives the data', async () => {
    const found = await askGraphql('/api', answer(200, '{"data":{"cart":1}}'), { query: '{cart}' })
    expect(bodyOf(found)).toEqual({ cart: 1 })
  })

  it('takes errors inside HTTP 200 for a refusal', async () => {
    const body = '{"errors":[{"message":"No such field","extensions":{"code":"X"}}]}'
    expect(await askGraphql('/api', answer(200, body), { query: '' })).toMatchObject({
      ...{ reason: 'refused', message: 'No such field' },
    })
  })

  it('may be asked again where it was throttled', async () => {
    const body = '{"data":null,"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}]}'
    expect(await askGraphql('/api', answer(200, body), { query: '' })).toMatchObject({
      ...{ reason: 'rate-limited', retryAfter: 1 },
    })
  })

  it('throws for an answer with neither', async () => {
    await expect(askGraphql('/api', answer(200, '{}'), { query: '' })).rejects.toThrow('neither')
  })
})

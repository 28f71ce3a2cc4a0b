// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadShow } from '../../src/widget/load-show.ts'

const show = { version: 1, id: 's', title: 'T', products: [] }
const signal = new AbortController().signal
const answer = (body: string, status = 200) => vi.stubGlobal('fetch', async () => new Response(body, { status }))

afterEach(() => {
  vi.unstubAllGlobals()
  document.body.replaceChildren()
})

describe('loadShow', () => {
  it('takes a document as it is', async () => {
    expect((await loadShow(show, signal)).show).toEqual(show)
  })

  it('reads a JSON script of the page', async () => {
    const script = document.createElement('script')
    script.type = 'application/json'
    script.id = 'friday'
    script.textContent = JSON.stringify(show)
    document.body.append(script)
    expect((await loadShow('#friday', signal)).show.id).toBe('s')
  })

  it('says which script is missing', async () => {
    await expect(loadShow('#monday', signal)).rejects.toMatchObject({
      code: 'no-show',
      message: expect.stringContaining('id="monday"'),
    })
  })

  it('says what the address answered', async () => {
    answer('', 404)
    await expect(loadShow('/show.json', signal)).rejects.toMatchObject({
      code: 'no-show',
      message: '[castcart] no-show: /show.json answered 404',
    })
  })

  it('gives up on a server that is silent', async () => {
    vi.useFakeTimers()
    vi.stubGlobal('fetch', () => new Promise(() => {}))
    const failed = expect(loadShow('/show.json', signal)).rejects.toMatchObject({ code: 'no-answer' })
    await vi.advanceTimersByTimeAsync(15_000)
    await failed
    vi.useRealTimers()
  })

  it('takes an answer that is torn for no answer', async () => {
    const torn = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"version":'))
        controller.error(new TypeError('network error'))
      },
    })
    vi.stubGlobal('fetch', async () => new Response(torn))
    await expect(loadShow('/show.json', signal)).rejects.toMatchObject({ code: 'no-answer' })
  })

  it('follows a list to the show to show now', async () => {
    const soon = new Date(Date.now() + 3_600_000).toISOString()
    const list = {
      version: 1,
      shows: [
        { url: 'old.json', status: 'replay' },
        { url: 'next.json', startsAt: soon },
      ],
    }
    const asked: string[] = []
    vi.stubGlobal('fetch', async (url: string) => {
      asked.push(url)
      const body = url.endsWith('list.json') ? list : show
      return Object.defineProperty(new Response(JSON.stringify(body)), 'url', {
        value: new URL(url, 'http://shop.test').href,
      })
    })
    const loaded = await loadShow('/shows/list.json', signal)
    expect(asked).toEqual(['/shows/list.json', 'http://shop.test/shows/next.json'])
    expect(loaded).toMatchObject({ show: { id: 's' }, base: 'http://shop.test/shows/next.json' })
  })

  it('says what is wrong with a list', async () => {
    answer('{"version":1,"shows":[]}')
    await expect(loadShow('/list.json', signal)).rejects.toMatchObject({
      code: 'bad-show',
      message: '[castcart] bad-show: list.shows: found a list, expected at least 1',
    })
  })

  it('does not show what has expired', async () => {
    await expect(loadShow({ ...show, expiresAt: '2020-01-01T00:00:00Z' }, signal)).rejects.toMatchObject({
      code: 'expired',
    })
    expect((await loadShow({ ...show, expiresAt: '2120-01-01T00:00:00Z' }, signal)).show.id).toBe('s')
  })

  it('tells a server that fails from a show that is not there', async () => {
    answer('', 503)
    await expect(loadShow('/show.json', signal)).rejects.toMatchObject({ code: 'no-answer' })
  })

  it('says that it is not JSON, or not a show', async () => {
    answer('<!doctype html>')
    await expect(loadShow('/show.json', signal)).rejects.toMatchObject({
      code: 'bad-show',
      message: expect.stringContaining('is not JSON'),
    })
    answer('{"version":1,"id":"s","title":"T"}')
    await expect(loadShow('/show.json', signal)).rejects.toMatchObject({
      code: 'bad-show',
      message: '[castcart] bad-show: show.products: found nothing, expected array',
    })
  })

  it('says that the address cannot be reached', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch')
    })
    await expect(loadShow('/show.json', signal)).rejects.toMatchObject({
      code: 'no-answer',
      cause: expect.any(TypeError),
    })
  })
})

// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ActionResult, ViewerAction } from '../../src/model/action.ts'
import type { Show } from '../../src/model/show.ts'
import type { ChatLine } from '../../src/state/chat-line.ts'
import { createState } from '../../src/state/create-state.ts'
import { NOTHING_MINE } from '../../src/state/mine.ts'
import type { CommandOptions } from '../../src/widget/acts.ts'
import { ask, resay, say, send, unsay } from '../../src/widget/acts.ts'

const show: Show = { version: 1, id: 's', title: 'Friday', products: [] }

/** A session that only sends, and what went through it. */
function session(answer: (action: ViewerAction) => ActionResult = () => ({ ok: true, id: 'm1' }), mode = 'live') {
  const stores = createState()
  const own: ChatLine[] = []
  const sent: ViewerAction[] = []
  const asked: { name: string; detail: unknown }[] = []
  const told: { name: string; payload: object }[] = []
  const page = { takes: false }
  const run = {
    refresh() {},
    pictureTime: () => 7000,
    send: async (action: ViewerAction) => {
      sent.push(action)
      return answer(action)
    },
  }
  stores.$mine.set({ ...NOTHING_MINE, guest: 'g' })
  stores.$show.set(show)
  const given = {
    stores,
    options: { show: '/s.json' },
    locale: 'en',
    session: {
      own,
      lost: new Map(),
      act() {},
      now: () => ({ run }),
      base: () => 'https://shop.example/shows/s.json',
      moment: () => ({ eventId: 'e', showId: 's', mode, moment: 7000, muted: true, preview: false }),
    },
    announcer: {
      on: () => () => {},
      tell: (name: string, payload: object) => void told.push({ name, payload }),
      ask: (name: string, detail: unknown) => {
        asked.push({ name, detail })
        return page.takes
      },
    },
  } as never as CommandOptions
  return { given, stores, own, sent, asked, told, page }
}

afterEach(() => void vi.unstubAllGlobals())

describe('send', () => {
  it('sends the same wish again under the same key after a lost answer, and any other under its own', async () => {
    const answers: ActionResult[] = [{ ok: false, reason: 'offline' }]
    const { given, sent, stores } = session(() => answers.shift() ?? { ok: true, code: 'CLAY15' })
    await send(given, 'voucher.claim', { id: 'o1' })
    expect(stores.$mine.get().codes).toEqual({})
    await send(given, 'voucher.claim', { id: 'o1' })
    await send(given, 'voucher.claim', { id: 'o1' })
    const [lost, again, anew] = sent.map(({ key }) => key)
    expect(again).toBe(lost)
    expect(anew).not.toBe(lost)
    expect(stores.$mine.get().codes).toEqual({ o1: { code: 'CLAY15', until: undefined } })
  })

  it('counts a first tap whose answer was lost once, at the moment and with the time of that tap', async () => {
    const answers: ActionResult[] = [{ ok: false, reason: 'offline' }]
    const { given, sent } = session(() => answers.shift() ?? { ok: true, entry: 'e1' })
    await send(given, 'raffle.enter', { id: 'r', took: 900 }, { moment: 5000 })
    await send(given, 'raffle.enter', { id: 'r', took: 4200 }, { moment: 8300 })
    expect(sent).toHaveLength(2)
    expect(sent[1]).toEqual(sent[0])
    expect(sent[0]).toMatchObject({ moment: 5000, data: { took: 900 } })
  })

  it('forgets the key of a lost vote once another was given, so that going back to it counts', async () => {
    const answers: ActionResult[] = [{ ok: false, reason: 'offline' }]
    const { given, sent } = session(() => answers.shift() ?? { ok: true })
    for (const option of ['moss', 'sand', 'moss']) await send(given, 'poll.vote', { id: 'p', option })
    expect(new Set(sent.map(({ key }) => key)).size).toBe(3)
  })
})

describe('say', () => {
  it('stands in the chat as sending, then under the id that the show gave it', async () => {
    const { given, own, sent } = session()
    const saying = say(given, 'hello', { id: 'c3', name: 'Ben', text: 'hi' })
    expect(own[0]).toMatchObject({ text: 'hello', own: 'sending', replyTo: { id: 'c3' } })
    await saying
    expect(own).toMatchObject([{ id: 'm1', own: 'sent' }])
    expect(sent[0]).toMatchObject({
      type: 'chat.send',
      moment: 7000,
      data: { text: 'hello', replyTo: 'c3', guest: 'g' },
    })
  })

  it('keeps what got lost, and sends it again under the same key', async () => {
    let isDown = true
    const { given, own, sent } = session(() => (isDown ? { ok: false, reason: 'offline' } : { ok: true, id: 'm1' }))
    await say(given, 'hello')
    expect(own).toMatchObject([{ own: 'failed', text: 'hello' }])
    isDown = false
    await resay(given, own[0]?.key ?? '')
    expect(own).toMatchObject([{ own: 'sent', id: 'm1' }])
    expect(sent[1]?.key).toBe(sent[0]?.key)
    expect(await resay(given, 'another')).toMatchObject({ ok: false })
  })

  it('takes off what was refused, and what the viewer lets go of', async () => {
    let answer: ActionResult = { ok: false, reason: 'too-fast', retryAfter: 3 }
    const { given, own } = session(() => answer)
    await say(given, 'hello')
    expect(own).toEqual([])
    answer = { ok: false, reason: 'unknown' }
    await say(given, 'hello')
    unsay(given, own[0]?.key ?? '')
    expect(own).toEqual([])
  })
})

describe('ask', () => {
  const question = { text: 'Warm?', productId: 'coat', email: 'a@b.example' }
  const withActions = (made: ReturnType<typeof session>) =>
    made.stores.$can.set({ ...made.stores.$can.get(), actions: ['question.ask'] })

  it('goes to the show while it is live, and is remembered as one’s own', async () => {
    const made = session(() => ({ ok: true, id: 'q1' }))
    withActions(made)
    expect(await ask(made.given, question)).toEqual({ ok: true, id: 'q1' })
    expect(made.sent[0]).toMatchObject({
      type: 'question.ask',
      moment: 7000,
      data: { text: 'Warm?', productId: 'coat' },
    })
    expect(made.stores.$mine.get().questions).toEqual(['q1'])
    expect(made.told).toMatchObject([{ name: 'question-asked', payload: { productId: 'coat' } }])
    expect(JSON.stringify(made.told)).not.toContain('Warm')
    expect(made.asked).toEqual([])
  })

  it('goes in a replay to the page first, then to the event source', async () => {
    const made = session(undefined, 'replay')
    withActions(made)
    made.page.takes = true
    expect(await ask(made.given, question)).toEqual({ ok: true })
    expect(made.asked).toMatchObject([{ name: 'ask', detail: { ...question, showId: 's', moment: 7000 } }])
    expect(made.sent).toEqual([])
    made.page.takes = false
    await ask(made.given, question)
    expect(made.sent[0]?.type).toBe('question.ask')
  })

  it('goes in a replay to the address that the show names', async () => {
    const fetched = vi.fn(async (_address: string, _init: RequestInit) => new Response(null, { status: 204 }))
    vi.stubGlobal('fetch', fetched)
    const made = session(undefined, 'replay')
    made.stores.$show.set({ ...show, questionsTo: '/questions' })
    expect(await ask(made.given, question)).toEqual({ ok: true })
    const [address, init] = fetched.mock.calls[0] ?? []
    expect(address).toBe('https://shop.example/questions')
    expect(JSON.parse(String(init?.body))).toMatchObject({ ...question, showId: 's', mode: 'replay' })
    fetched.mockResolvedValueOnce(new Response(null, { status: 500 }))
    expect(await ask(made.given, question)).toEqual({ ok: false, reason: 'unknown' })
    fetched.mockRejectedValueOnce(new TypeError('no network'))
    expect(await ask(made.given, question)).toEqual({ ok: false, reason: 'offline' })
  })

  it('opens a letter where the show names a mail address, and never anything else that looks like one', async () => {
    const assign = vi.fn()
    vi.stubGlobal('location', { assign, href: 'https://shop.example/' })
    const made = session(undefined, 'replay')
    made.stores.$show.set({ ...show, questionsTo: 'mailto:ask@shop.example' })
    expect(await ask(made.given, question)).toEqual({ ok: true })
    expect(assign).toHaveBeenCalledWith('mailto:ask@shop.example?subject=Friday&body=Warm%3F')
    for (const questionsTo of ['javascript:alert(1)', 'mailto:a@b.example?bcc=all@evil.example']) {
      made.stores.$show.set({ ...show, questionsTo })
      expect(await ask(made.given, question)).toMatchObject({ ok: false, reason: 'not-allowed' })
    }
    expect(assign).toHaveBeenCalledTimes(1)
  })
})

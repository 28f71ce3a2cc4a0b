// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { NOTHING_MINE } from '../../../src/state/mine.ts'
import { MiniNews } from '../../../src/ui/live/now/mini-news.tsx'
import { questionHappenings } from '../../../src/ui/live/now/question-happenings.ts'
import { soFarHappenings } from '../../../src/ui/live/now/so-far-happenings.ts'
import { RecapSheet } from '../../../src/ui/live/recap/index.tsx'
import { draw } from '../../support/draw.tsx'
import { roomOf, talkScenes } from '../../support/talk-scenes.ts'
import { demoShow, fakeModel, NOW, playing, type StoreValues } from '../../support/ui-harness.tsx'

const Questions = ({ productId }: { productId?: string }) => <RecapSheet isSoFar={false} productId={productId} />
const scene = talkScenes.questions ?? {}
const write = (field: HTMLElement, text: string) => {
  Reflect.set(field, 'value', text)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
const submit = (form: HTMLElement) => form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
const replay: Partial<StoreValues> = {
  $status: 'replay',
  $can: { chat: false, readCart: true, changeCart: true, checkout: true, actions: [] },
}

describe('QuestionList', () => {
  it('puts open questions before the answered ones, with the host’s answer and the way to its moment', async () => {
    const drawn = await draw(<Questions />, { values: { ...scene, $playback: { ...playing, seekable: [0, 720] } } })
    const texts = [...drawn.root.querySelectorAll('.asked li p:first-of-type')].map((one) => one.textContent)
    expect(texts).toEqual([
      'Does the glaze differ from cup to cup?',
      'Is there a set of six with a discount for a big family?',
      'Wie hoch ist die Tasse?',
      'Which lipstick are you wearing?',
      'Does the coat come in petite?',
    ])
    expect(drawn.root.textContent).toContain('Carmine, one coat.')
    expect(drawn.root.textContent).toContain('Answered in the show')
    await drawn.click(drawn.button('See it at 7:10'))
    expect(drawn.calls.map(({ name, args }) => [name, ...args])).toEqual([
      ['seekToDate', NOW - 290_000],
      ['showSheet', null],
    ])
  })

  it('asks in nobody’s name that looks like the host’s, and draws so many and no more', async () => {
    const post = (id: string, votes: number, name = 'Anna') =>
      ['question.post', { id, text: `Is ${id} warm?`, name, votes }] as const
    const many = Array.from({ length: 150 }, (_, place) => post(`q${place}`, 150 - place, place ? 'Anna' : 'Mіra Lind'))
    const $mine = { ...NOTHING_MINE, questions: ['q149'] }
    const drawn = await draw(<Questions />, { values: { ...scene, $room: roomOf(...many), $mine } })
    const names = [...drawn.root.querySelectorAll('.asked small')].map((one) => one.textContent)
    expect(names).toHaveLength(101)
    expect([names[0], names[1], names.at(-1)]).toEqual(['Guest', 'Anna', 'You'])
  })

  it('votes once, and neither for one’s own nor for what was voted for', async () => {
    const drawn = await draw(<Questions />, { values: scene })
    for (const button of drawn.root.querySelectorAll('.vote button')) await drawn.click(button)
    expect(drawn.calls).toEqual([{ name: 'send', args: ['question.vote', { id: 'q3' }] }])
    expect(drawn.spoken).toContain('Your vote counts')
  })

  it('says in words why a vote was refused', async () => {
    const drawn = await draw(<Questions />, {
      values: { ...scene, $mine: NOTHING_MINE },
      commands: { send: async () => ({ ok: false, reason: 'closed' }) },
    })
    await drawn.click(drawn.find('.vote button'))
    expect(drawn.find('[role=alert]').textContent).toBe('This question is closed.')
  })
})

describe('AskBox', () => {
  it('asks about the product on screen, and says who has the question', async () => {
    const drawn = await draw(<Questions />, { values: { ...scene, $mine: NOTHING_MINE } })
    expect(drawn.find('.about').textContent).toContain('Two-glaze mug')
    await drawn.act(() => write(drawn.find('textarea'), '  Is it\u202e heavy? '))
    await drawn.act(() => submit(drawn.find('.ask')))
    expect(drawn.calls).toEqual([{ name: 'ask', args: [{ text: 'Is it heavy?', productId: 'mug' }] }])
    expect(drawn.find('.ask-sent').textContent).toContain('Mira Lind sees it')
    expect(Reflect.get(drawn.find('textarea'), 'value')).toBe('')
  })

  it('asks about another product where one comes from its sheet, or about none', async () => {
    const drawn = await draw(<Questions productId="coat" />, { values: scene })
    expect(drawn.find('.about').textContent).toContain('Fjord wool coat')
    await drawn.click(drawn.button('Not about this product'))
    await drawn.act(() => write(drawn.find('textarea'), 'When is the next show?'))
    await drawn.act(() => submit(drawn.find('.ask')))
    expect(drawn.calls.at(-1)).toEqual({
      name: 'ask',
      args: [{ text: 'When is the next show?', productId: undefined }],
    })
  })

  it('keeps the words and says why where it is refused', async () => {
    const drawn = await draw(<Questions />, {
      values: scene,
      commands: { ask: async () => ({ ok: false, reason: 'too-fast' }) },
    })
    await drawn.act(() => write(drawn.find('textarea'), 'Again?'))
    await drawn.act(() => submit(drawn.find('.ask')))
    expect(drawn.find('.ask .refused').textContent).toContain('Too fast. You can go on in 3 s.')
    expect(Reflect.get(drawn.find('textarea'), 'value')).toBe('Again?')
  })

  it('does not send what is empty, cannot be seen or is too long', async () => {
    const drawn = await draw(<Questions />, { values: scene })
    for (const text of ['', '\u200b\u200d', 'x'.repeat(301)]) {
      await drawn.act(() => write(drawn.find('textarea'), text))
      await drawn.act(() => submit(drawn.find('.ask')))
    }
    expect(drawn.calls).toEqual([])
  })

  it('reaches the shop from a replay and says so, by letter where that is the way', async () => {
    const shop = await draw(<Questions />, {
      values: { ...scene, ...replay, $show: { ...demoShow, questionsTo: '/ask' } },
    })
    await shop.act(() => write(shop.find('textarea'), 'Still sold?'))
    await shop.act(() => write(shop.find('input[type=email]'), 'a@b.example'))
    await shop.act(() => submit(shop.find('.ask')))
    expect(shop.calls.at(-1)?.args).toEqual([{ text: 'Still sold?', productId: 'mug', email: 'a@b.example' }])
    expect(shop.find('.ask-sent').textContent).toContain('Sent to the shop')
    const mail = await draw(<Questions />, {
      values: { ...scene, ...replay, $show: { ...demoShow, questionsTo: 'mailto:a@b.example' } },
    })
    expect(mail.button('Write an email')).toBeTruthy()
    expect(mail.root.querySelector('input[type=email]')).toBeNull()
  })

  it('is not there where nobody would read it', async () => {
    const drawn = await draw(<Questions />, { values: { ...scene, ...replay } })
    expect(drawn.root.querySelector('.ask')).toBeNull()
  })
})

describe('SoFarSheet', () => {
  it('has what was shown, what can still be had and what was answered, each a press away', async () => {
    const drawn = await draw(<RecapSheet isSoFar />, { values: talkScenes['so-far'] ?? {} })
    const titles = [...drawn.root.querySelectorAll('h3')].map((one) => one.textContent)
    expect(titles).toEqual(['Still open', 'Products', 'Answered'])
    await drawn.click(drawn.button('See it at 7:00: Evening satin lipstick'))
    expect(drawn.calls[0]).toEqual({ name: 'seekToDate', args: [NOW - 300_000] })
  })

  it('offers the way back to live to who is behind', async () => {
    const drawn = await draw(<RecapSheet isSoFar />, { values: talkScenes['so-far-behind'] ?? {} })
    await drawn.click(drawn.button('Go live'))
    expect(drawn.calls.map(({ name }) => name)).toEqual(['goLive', 'showSheet'])
  })
})

interface Given {
  readonly isReplay?: boolean
  readonly show?: typeof demoShow | undefined
  readonly model?: ReturnType<typeof fakeModel>['model']
}

describe('soFarHappenings', () => {
  const room = roomOf(['product.pin', { ids: ['coat'] }, 300], ['product.pin', { ids: ['mug'] }, 100])
  const now = (
    joinedAt: number | undefined,
    { isReplay = false, show = demoShow, model = fakeModel({ values: { $show: show } }).model }: Given = {},
  ) => {
    const mine = { ...NOTHING_MINE, joinedAt }
    return soFarHappenings({ model, room, mine, isReplay, moment: { now: NOW, picture: NOW } })
  }

  it('is there for who came late to a live show, and for nobody else', () => {
    expect(now(NOW)).toMatchObject([{ kind: 'Just joined?', title: '2 products so far' }])
    expect(now(NOW - 12 * 60_000 + 5000)).toEqual([])
    expect(now(NOW, { isReplay: true })).toEqual([])
    expect(now(undefined)).toEqual([])
  })

  it('counts from the first product shown where the show does not say when it starts', () => {
    const show = { ...demoShow, startsAt: undefined }
    expect(now(NOW, { show })).toHaveLength(1)
    expect(now(NOW - 250_000, { show })).toEqual([])
  })

  it('stays when it was looked at, until it is put away; who was away is offered it again', () => {
    const { model, stores } = fakeModel()
    const [offered] = now(NOW, { model })
    offered?.act?.()
    expect(stores.$mine.get().dismissed).toBeUndefined()
    expect(offered?.canDismiss).toBe(true)
    expect(now(NOW + 1, { model })[0]?.key).not.toBe(offered?.key)
  })
})

describe('an answer to one’s own question', () => {
  const room = roomOf(
    ['question.post', { id: 'q1', text: 'Warm?', votes: 0 }],
    ['question.post', { id: 'q2', text: 'Light?', votes: 0 }],
    ['question.answer', { id: 'q1', question: 'Warm?' }],
    ['question.answer', { id: 'q2', question: 'Light?' }],
  )
  const mine = { ...NOTHING_MINE, questions: ['q2'] }

  it('is told to the one who asked, until it was seen', () => {
    const { model, stores, calls } = fakeModel({ values: { $room: room, $mine: mine } })
    const told = () =>
      questionHappenings({
        model,
        room,
        mine: stores.$mine.get(),
        isReplay: false,
        moment: { now: NOW, picture: NOW },
      })
    expect(told()).toMatchObject([{ key: 'answer/q2', title: 'Light?', isGood: true }])
    told()[0]?.act?.()
    expect(calls.map(({ name }) => name)).toEqual(['keep', 'showSheet'])
    expect(stores.$mine.get().dismissed).toEqual(['answer/q2'])
  })

  it('is told in the small player too, where a press goes to it', async () => {
    const drawn = await draw(<MiniNews />, { values: { $view: 'mini', $room: room, $mine: mine } })
    expect(drawn.spoken).toEqual(['Your question was answered: Light?'])
    await drawn.click(drawn.find('.mini-news'))
    expect(drawn.stores.$view.get()).toBe('full')
    expect(drawn.stores.$sheet.get()).toEqual({ name: 'questions' })
  })
})

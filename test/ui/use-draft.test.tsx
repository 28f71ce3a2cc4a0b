// @vitest-environment happy-dom
import type { VNode } from 'preact'
import { describe, expect, it } from 'vitest'
import type { ActionResult } from '../../src/model/action.ts'
import { NOTHING_MINE } from '../../src/state/mine.ts'
import { useWidget } from '../../src/ui/context.ts'
import { RaffleSheet } from '../../src/ui/live/join/raffle-sheet.tsx'
import { RecapSheet } from '../../src/ui/live/recap/index.tsx'
import { Talk } from '../../src/ui/live/talk/talk.tsx'
import { ProductSheet } from '../../src/ui/sheets/product-sheet.tsx'
import { ProductsSheet } from '../../src/ui/sheets/products-sheet.tsx'
import { useStore } from '../../src/ui/use-store.ts'
import { type Drawn, draw } from '../support/draw.tsx'
import { joinScenes } from '../support/join-scenes.ts'
import { roomOf, talkScenes } from '../support/talk-scenes.ts'
import { demoShow, demoViews, type FakeOptions, type StoreValues } from '../support/ui-harness.tsx'

/** Draws nothing of what is in it while the player is small, as the real one does. */
function Full({ children }: { children: VNode }) {
  return useStore(useWidget().state.$view) === 'full' ? children : null
}
const open = (what: VNode, options: FakeOptions) => draw(<Full>{what}</Full>, options)
const type = ({ act, find }: Drawn, field: string, value: string) =>
  act(() => {
    const input = find(field)
    Reflect.set(input, 'value', value)
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })
const send = ({ act, find }: Drawn) =>
  act(() => find('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })))
const typed = ({ find }: Drawn, field: string): unknown => Reflect.get(find(field), 'value')
const view = ({ act, stores }: Drawn, to: 'full' | 'mini') => act(() => stores.$view.set(to))
/** Small and back: all that was drawn is gone and drawn anew, as with a sheet that closes and opens. */
const leaveAndReturn = async (drawn: Drawn) => {
  await view(drawn, 'mini')
  await view(drawn, 'full')
}
const scene = talkScenes.questions ?? {}
const replay: Partial<StoreValues> = {
  $status: 'replay',
  $can: { chat: false, readCart: true, changeCart: true, checkout: true, actions: [] },
  $show: { ...demoShow, questionsTo: '/ask' },
}
const newcomer = { $mine: NOTHING_MINE }
/** An answer that comes when the test wants it. */
function late() {
  let give: (answer: ActionResult) => void = () => {}
  const answer = new Promise<ActionResult>((resolve) => {
    give = resolve
  })
  return { answer, give }
}

describe('useDraft', () => {
  it.each([
    ['name', 'of a prize', <RaffleSheet id="r1" />, '#castcart-claim-name', joinScenes['raffle-claim']],
    ['contact', 'of a prize', <RaffleSheet id="r1" />, '#castcart-claim-contact', joinScenes['raffle-claim']],
    ['order', 'of a giveaway', <RaffleSheet id="r1" />, '#castcart-order', joinScenes['raffle-order']],
    ['words', 'of a question', <RecapSheet isSoFar={false} />, '[name=question]', scene],
    ['address', 'of a question', <RecapSheet isSoFar={false} />, '[name=email]', { ...scene, ...replay }],
    ['words', 'of the chat', <Talk layout="tall" />, '[name=message]', {}],
    ['phone', 'of a request', <ProductSheet id="car" />, '[name=phone]', {}],
  ])('keeps the %s %s while the form is not there', async (_name, _of, form, field, values = {}) => {
    const drawn = await open(form, { values })
    await type(drawn, field, 'Anna')
    await leaveAndReturn(drawn)
    expect(typed(drawn, field)).toBe('Anna')
    expect(drawn.stores.$mine.get()).toEqual(values.$mine ?? NOTHING_MINE)
  })

  it('keeps a claim that is half written though the picture goes back over the draw', async () => {
    const drawn = await open(<RaffleSheet id="r1" />, { values: joinScenes['raffle-claim'] ?? {} })
    await type(drawn, '#castcart-claim-name', 'Anna')
    const room = drawn.stores.$room.get()
    await drawn.act(() => drawn.stores.$room.set(joinScenes['raffle-in']?.$room ?? room))
    expect(drawn.root.querySelector('#castcart-claim-name')).toBeNull()
    await drawn.act(() => drawn.stores.$room.set(room))
    expect(typed(drawn, '#castcart-claim-name')).toBe('Anna')
  })

  it('keeps a claim that was refused, with the sheet closed by then', async () => {
    const { answer, give } = late()
    const drawn = await open(<RaffleSheet id="r1" />, {
      values: joinScenes['raffle-claim'] ?? {},
      commands: { send: () => answer },
    })
    await type(drawn, '#castcart-claim-name', 'Anna')
    await type(drawn, '#castcart-claim-contact', 'a@b.example')
    await send(drawn)
    await view(drawn, 'mini')
    await drawn.act(() => give({ ok: false, reason: 'offline' }))
    await view(drawn, 'full')
    expect(typed(drawn, '#castcart-claim-contact')).toBe('a@b.example')
  })

  it('gives a message back that was refused while the player was small, and a newer one its place', async () => {
    const first = late()
    const second = late()
    const answers = [first.answer, second.answer]
    const drawn = await open(<Talk layout="tall" />, {
      commands: { say: () => answers.shift() ?? Promise.reject() },
      values: { $mine: { ...NOTHING_MINE, name: '', hasAgreed: true } },
    })
    await type(drawn, '[name=message]', 'buy at shop.example')
    await send(drawn)
    expect(typed(drawn, '[name=message]')).toBe('')
    await view(drawn, 'mini')
    await drawn.act(() => first.give({ ok: false, reason: 'not-allowed' }))
    await view(drawn, 'full')
    expect(typed(drawn, '[name=message]')).toBe('buy at shop.example')
    await send(drawn)
    await leaveAndReturn(drawn)
    await type(drawn, '[name=message]', 'hello')
    await drawn.act(() => second.give({ ok: false, reason: 'not-allowed' }))
    expect(typed(drawn, '[name=message]')).toBe('hello')
  })

  it('keeps whom a message answers, and the name that is being given', async () => {
    const drawn = await open(<Talk layout="tall" />, { values: newcomer })
    await drawn.click(drawn.find('.lines li bdi'))
    await drawn.click(drawn.button('Reply'))
    await type(drawn, '[name=message]', 'me too')
    await send(drawn)
    await type(drawn, '[name=nickname]', 'Anna')
    await leaveAndReturn(drawn)
    expect(drawn.find('.answered').textContent).toContain('Leïla')
    await send(drawn)
    expect(typed(drawn, '[name=nickname]')).toBe('Anna')
  })

  it('keeps what a question is about once it is begun, whatever the host shows next', async () => {
    const drawn = await open(<RecapSheet isSoFar={false} />, { values: scene })
    await type(drawn, '[name=question]', 'Is it heavy?')
    await drawn.act(() => drawn.stores.$products.set(demoViews(['coat'])))
    await leaveAndReturn(drawn)
    expect(drawn.find('.about').textContent).toContain('Two-glaze mug')
    await send(drawn)
    expect(drawn.calls.at(-1)?.args).toEqual([{ text: 'Is it heavy?', productId: 'mug' }])
    expect(drawn.find('.about').textContent).toContain('Fjord wool coat')
  })

  it('keeps a question about one product apart from one about another', async () => {
    const values = { ...scene, $room: roomOf() }
    const drawn = await draw(<Asking />, { values: { ...values, $sheet: { name: 'questions', productId: 'coat' } } })
    await type(drawn, '[name=question]', 'Is it warm?')
    await drawn.act(() => drawn.stores.$sheet.set({ name: 'questions', productId: 'mug' }))
    expect(typed(drawn, '[name=question]')).toBe('')
    await drawn.act(() => drawn.stores.$sheet.set({ name: 'questions', productId: 'coat' }))
    expect(typed(drawn, '[name=question]')).toBe('Is it warm?')
  })

  it('takes away what was sent, with the sheet closed by then too, and not what was typed meanwhile', async () => {
    const { answer, give } = late()
    const drawn = await open(<RecapSheet isSoFar={false} />, { values: scene, commands: { ask: () => answer } })
    await type(drawn, '[name=question]', 'Is it heavy?')
    await send(drawn)
    await type(drawn, '[name=question]', 'And is it warm?')
    await leaveAndReturn(drawn)
    await drawn.act(() => give({ ok: true }))
    expect(typed(drawn, '[name=question]')).toBe('And is it warm?')
    await send(drawn)
    expect(typed(drawn, '[name=question]')).toBe('')
  })

  it('keeps which version of a product was chosen, each product its own', async () => {
    const values: Partial<StoreValues> = { $products: demoViews(), $sheet: { name: 'product', id: 'coat' } }
    const drawn = await draw(<Looking />, { values })
    const size = () => drawn.find('[data-axis=size] b').textContent
    expect(size()).toBe('please choose')
    await drawn.click(drawn.find('[data-axis=size] [aria-label=M]'))
    expect(size()).toBe('M')
    await drawn.act(() => drawn.stores.$sheet.set({ name: 'product', id: 'mug' }))
    expect(size()).not.toBe('M')
    await drawn.act(() => drawn.stores.$sheet.set({ name: 'product', id: 'coat' }))
    expect(size()).toBe('M')
  })

  it('does not choose another colour when the one shown first sells out', async () => {
    const drawn = await open(<ProductSheet id="coat" />, { values: { $products: demoViews() } })
    const color = () => drawn.find('[data-axis=color] b').textContent
    expect(color()).toBe('Camel')
    const gone = demoViews().map((view) => ({
      ...view,
      product: {
        ...view.product,
        variants: view.product.variants?.map((variant) =>
          variant.options?.color === 'camel' ? { ...variant, available: false } : variant,
        ),
      },
    })) as StoreValues['$products']
    await drawn.act(() => drawn.stores.$products.set(gone))
    expect(drawn.find('[data-axis=color] [aria-label^=Camel]').closest('label')?.dataset.state).not.toBe('available')
    expect(color()).toBe('Camel')
  })

  it('keeps what the list of products is searched for', async () => {
    const [first] = demoViews()
    const many = Array.from({ length: 12 }, (_, at) => ({ ...first, id: `p${at}` })) as StoreValues['$products']
    const drawn = await open(<ProductsSheet />, { values: { $products: many } })
    await type(drawn, '[type=search]', 'coat')
    await leaveAndReturn(drawn)
    expect(typed(drawn, '[type=search]')).toBe('coat')
  })

  it('keeps a desk at the questions it was at', async () => {
    const drawn = await open(<Talk layout="desk" />, { values: scene })
    const tab = () => drawn.find('[role=tab][aria-selected=true]').textContent
    const before = tab()
    await drawn.click(drawn.find('[role=tab][aria-selected=false]'))
    const chosen = tab()
    expect(chosen).not.toBe(before)
    await leaveAndReturn(drawn)
    expect(tab()).toBe(chosen)
  })

  it('takes away the request that was sent', async () => {
    const drawn = await open(<ProductSheet id="car" />, {})
    await type(drawn, '[name=name]', 'Anna')
    await type(drawn, '[name=phone]', '5550101')
    await send(drawn)
    await leaveAndReturn(drawn)
    expect(typed(drawn, '[name=phone]')).toBe('')
  })
})

/** The sheet of questions as `$sheet` names it. */
function Asking() {
  const sheet = useStore(useWidget().state.$sheet)
  return <RecapSheet isSoFar={false} productId={sheet?.name === 'questions' ? sheet.productId : undefined} />
}

/** The sheet of a product as `$sheet` names it. */
function Looking() {
  const sheet = useStore(useWidget().state.$sheet)
  return sheet?.name === 'product' ? <ProductSheet id={sheet.id} /> : null
}

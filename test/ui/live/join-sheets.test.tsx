// @vitest-environment happy-dom
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { ActionResult } from '../../../src/model/action.ts'
import { mineAfter, NOTHING_MINE } from '../../../src/state/mine.ts'
import { fold } from '../../../src/state/room.ts'
import { OfferSheet } from '../../../src/ui/live/join/offer-sheet.tsx'
import { PollSheet } from '../../../src/ui/live/join/poll-sheet.tsx'
import { RaffleSheet } from '../../../src/ui/live/join/raffle-sheet.tsx'
import { draw } from '../../support/draw.tsx'
import { joinScenes } from '../../support/join-scenes.ts'
import { type FakeOptions, NOW, type StoreValues } from '../../support/ui-harness.tsx'

const refuse = (reason: string, message?: string): FakeOptions['commands'] => ({
  send: async () => ({ ok: false, reason, message }) as ActionResult,
})
const poll = (scene: string, more: Partial<StoreValues> = {}, commands: FakeOptions['commands'] = {}) =>
  draw(<PollSheet id={scene.startsWith('quiz') ? 'q1' : 'p1'} />, {
    values: { ...joinScenes[scene], ...more },
    commands,
  })
const raffle = (scene: string, commands: FakeOptions['commands'] = {}, more: Partial<StoreValues> = {}) =>
  draw(<RaffleSheet id="r1" />, { values: { ...joinScenes[scene], ...more }, commands })
const offer = (scene: string, commands: FakeOptions['commands'] = {}, more: Partial<StoreValues> = {}) =>
  draw(<OfferSheet id="o2" />, { values: { ...joinScenes[scene], ...more }, commands })
const texts = (root: HTMLElement, selector: string) =>
  [...root.querySelectorAll(selector)].map(({ textContent }) => textContent)

describe('PollSheet', () => {
  it('hides the shares until one has voted, and then shows them with one’s own marked', async () => {
    const drawn = await poll('poll-sheet')
    expect(drawn.root.querySelector('.share')).toBeNull()
    const [moss] = [...drawn.root.querySelectorAll('button.answer')]
    if (moss) await drawn.click(moss)
    expect(drawn.calls.filter(({ name }) => name === 'send')[0]?.args).toEqual([
      'poll.vote',
      { id: 'p1', option: 'moss' },
    ])
    expect(texts(drawn.root, '.answer b')).toEqual(['33%', '14%', '53%'])
    expect(texts(drawn.root, '[data-mine] small')).toEqual(['Your answer'])
    expect(drawn.spoken).toEqual(['You chose Moss'])
  })

  it('takes one vote, and another only where that is allowed', async () => {
    const drawn = await poll('poll-voted')
    expect(drawn.root.querySelector('button.answer')).toBeNull()
    expect(drawn.find('.hint-line').textContent).toContain('Thank you, your vote counts.')
  })

  it.each([
    ['closed', 'This poll is closed.'],
    ['already', 'You have done that already.'],
    ['offline', 'You are offline. Please try again.'],
  ])('says in words why a vote was refused: %s', async (reason, words) => {
    const drawn = await poll('poll-sheet', {}, refuse(reason))
    const [moss] = [...drawn.root.querySelectorAll('button.answer')]
    if (moss) await drawn.click(moss)
    expect(drawn.find('[role=alert]').textContent).toBe(words)
    expect(drawn.root.querySelector('.share')).toBeNull()
  })

  it('gives the focus to the answer that was chosen, in the place of its button', async () => {
    const drawn = await poll('poll-sheet')
    const [moss] = [...drawn.root.querySelectorAll<HTMLElement>('button.answer')]
    moss?.focus()
    if (moss) await drawn.click(moss)
    expect(drawn.root.querySelector('button.answer')).toBeNull()
    await vi.waitFor(() => expect(document.activeElement?.firstChild).toBe(drawn.find('.answer[data-mine]')))
  })

  it('says for how long to wait where it was too fast', async () => {
    const drawn = await poll(
      'poll-sheet',
      {},
      {
        send: async () => ({ ok: false, reason: 'too-fast', retryAfter: 2 }),
      },
    )
    const [moss] = [...drawn.root.querySelectorAll('button.answer')]
    if (moss) await drawn.click(moss)
    expect(drawn.find('[role=alert]').textContent).toBe('Too fast. You can go on in 2 s.')
  })

  it('says the desk’s own words where it has some', async () => {
    const drawn = await poll('poll-sheet', {}, refuse('not-allowed', 'Members only'))
    const [moss] = [...drawn.root.querySelectorAll('button.answer')]
    if (moss) await drawn.click(moss)
    expect(drawn.find('[role=alert]').textContent).toBe('Members only')
  })

  it('tells the right answer of a quiz that is over', async () => {
    const drawn = await poll('quiz-sheet')
    expect(texts(drawn.root, '[data-right] .right')).toEqual(['The right answer'])
    expect(texts(drawn.root, '[data-mine] small')).toEqual(['Your answer'])
  })

  it('keeps the results in a replay and takes no vote there', async () => {
    const drawn = await poll('poll-sheet', { $status: 'replay' })
    expect(drawn.root.querySelector('time')).toBeNull()
    expect(drawn.root.querySelector('button.answer')).toBeNull()
    expect(texts(drawn.root, '.answer b')).toEqual(['33%', '14%', '53%'])
    expect(drawn.find('.hint-line').textContent).toContain('recording')
  })

  it('only shows the votes where the show takes none', async () => {
    const drawn = await poll('poll-sheet', {
      $can: { chat: true, readCart: true, changeCart: true, checkout: true, actions: [] },
    })
    expect(drawn.root.querySelector('button.answer')).toBeNull()
    expect(drawn.find('.hint-line').textContent).toContain('Here you can only follow it.')
  })

  it.each([
    [{ ok: false, reason: 'closed' } as const, 'This poll is closed.', undefined],
    [{ ok: true } as const, undefined, 'Your answer'],
  ])('says what became of a vote that was on its way when the poll closed: %j', async (answer, refused, counted) => {
    let arrive: (answer: ActionResult) => void = () => {}
    const arrival = new Promise<ActionResult>((resolve) => {
      arrive = resolve
    })
    const drawn = await poll('poll-sheet', {}, { send: () => arrival })
    const [moss] = [...drawn.root.querySelectorAll('button.answer')]
    if (moss) await drawn.click(moss)
    const over = fold(drawn.stores.$room.get(), {
      ...{ v: 1, epoch: 'e', seq: 9, id: 'end', at: NOW, type: 'poll.close', data: { id: 'p1', votes: { moss: 1 } } },
    })
    await drawn.act(() => drawn.stores.$room.set(over))
    const vote = { type: 'poll.vote', data: { id: 'p1', option: 'moss' } } as const
    await drawn.act(() => {
      drawn.stores.$mine.set(mineAfter(drawn.stores.$mine.get(), vote, answer))
      arrive(answer)
    })
    expect(drawn.root.querySelector('[role=alert]')?.textContent).toBe(refused)
    expect(drawn.root.querySelector('[data-mine] small')?.textContent).toBe(counted)
    expect(drawn.find('.hint-line').textContent).toContain('This poll is over.')
  })

  it('shows what this viewer voted for in another tab', async () => {
    const drawn = await poll('poll-sheet')
    await drawn.act(() => drawn.stores.$mine.set({ ...NOTHING_MINE, votes: { p1: 'sand' } }))
    expect(texts(drawn.root, '[data-mine] small')).toEqual(['Your answer'])
    expect(drawn.root.querySelector('button.answer')).toBeNull()
  })

  it('says so when there is no such poll', async () => {
    const drawn = await draw(<PollSheet id="none" />)
    expect(drawn.find('.none').textContent).toContain('This is not on yet')
  })
})

describe('RaffleSheet', () => {
  it('names organiser, end and rules, and takes an entry by one tap', async () => {
    const drawn = await raffle('raffle-sheet')
    expect(texts(drawn.root, '.law dd')).toEqual(['Kaamos Store OÜ', expect.stringContaining('2026'), 'Read the rules'])
    await drawn.click(drawn.button('Take part'))
    expect(drawn.find('.result').textContent).toContain('You are in')
    expect(drawn.find('.result').textContent).toContain('e-own')
    expect(drawn.spoken).toEqual(['You are in'])
  })

  it('writes the word and enters, where entry is by a word', async () => {
    const drawn = await raffle('raffle-word')
    await drawn.click(drawn.button('Write “MUG”'))
    expect(drawn.calls.filter(({ name }) => name !== 'keep').map(({ name, args }) => [name, args[0]])).toEqual([
      ['say', 'MUG'],
      ['send', 'raffle.enter'],
    ])
  })

  it('names the chat’s rules before the word is a first message, and says why it was refused', async () => {
    const say = async () => ({ ok: false, reason: 'too-long' }) as ActionResult
    const drawn = await raffle('raffle-word', { say })
    expect(drawn.find('.join a[href$="/chat-rules"]').textContent).toBe('Chat rules')
    await drawn.click(drawn.button('Write “MUG”'))
    expect(drawn.calls.map(({ name, args }) => [name, args[0]])).toContainEqual(['keep', { hasAgreed: true }])
    expect(drawn.find('[role=alert]').textContent).toBe('That is too long.')
  })

  it('takes an order’s number, or an entry without buying', async () => {
    const drawn = await raffle('raffle-order', refuse('not-allowed'))
    const field = drawn.find('input') as HTMLInputElement
    expect(drawn.button('Take part').getAttribute('aria-disabled')).toBe('true')
    await drawn.act(() => {
      field.value = ' 1042 '
      field.dispatchEvent(new Event('input', { bubbles: true }))
    })
    await drawn.act(() => drawn.find('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })))
    await drawn.click(drawn.button('Take part without buying'))
    const sent = drawn.calls.filter(({ name }) => name === 'send').map(({ args }) => args[1])
    expect(sent).toEqual([
      { id: 'r1', order: '1042' },
      { id: 'r1', free: true },
    ])
    expect(drawn.find('[role=alert]').textContent).toBe('That does not count for this giveaway.')
  })

  it('says why an entry was refused', async () => {
    const drawn = await raffle('raffle-sheet', refuse('closed'))
    await drawn.click(drawn.button('Take part'))
    expect(drawn.find('[role=alert]').textContent).toBe('Entries are closed.')
  })

  it('lets a winner claim, and only with a name and a contact', async () => {
    const drawn = await raffle('raffle-claim')
    const [name, contact] = [...drawn.root.querySelectorAll('input')]
    const type = (field: HTMLInputElement | undefined, value: string) =>
      drawn.act(() => {
        if (!field) throw new Error('no field')
        field.value = value
        field.dispatchEvent(new Event('input', { bubbles: true }))
      })
    const submit = () =>
      drawn.act(() => drawn.find('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })))
    await type(name, 'Anna')
    await submit()
    expect(drawn.calls.filter(({ name }) => name === 'send')).toEqual([])
    await type(contact, 'anna@example.com')
    await submit()
    expect(drawn.calls.filter(({ name }) => name === 'send')[0]?.args).toEqual([
      'raffle.claim',
      { id: 'r1', fields: { name: 'Anna', contact: 'anna@example.com' } },
    ])
    expect(drawn.find('.sent').textContent).toContain('Thank you, it is sent.')
  })

  it('draws again in front of the viewer and agrees with an honest draw', async () => {
    const drawn = await raffle('raffle-lost')
    await drawn.click(drawn.button('Check this draw'))
    expect(drawn.find('.check').textContent).toContain('Drawn again here, with the same winners.')
    expect(drawn.find('.hash').textContent).toMatch(/^[0-9a-f]{64}$/)
  })

  it('does not agree with a draw that was made up, and says why', async () => {
    const drawn = await raffle('raffle-lost')
    const room = drawn.stores.$room.get()
    const facts = room.raffles.r1
    if (!facts?.draw) throw new Error('no draw')
    const bent = { ...facts.draw, data: { ...facts.draw.data, winners: [...facts.draw.data.winners].reverse() } }
    await drawn.act(() => drawn.stores.$room.set({ ...room, raffles: { r1: { ...facts, draw: bent } } }))
    await drawn.click(drawn.button('Check this draw'))
    expect(drawn.find('[role=alert]').textContent).toBe('This draw does not add up. Others have won.')
  })

  it('takes no entry in a replay, and shows the draw there', async () => {
    const drawn = await raffle('raffle-sheet', {}, { $status: 'replay' })
    expect(drawn.root.querySelector('time')).toBeNull()
    expect(drawn.find('.result').textContent).toBe('This is a recording.')
    expect((await raffle('raffle-lost', {}, { $status: 'replay' })).root.querySelectorAll('.winners li')).toHaveLength(
      3,
    )
  })
})

describe('OfferSheet', () => {
  it('has every offer with its terms, and a moved end as what it is', async () => {
    const all = await offer('offer-sheet')
    expect(texts(all.root, '.deal h3')).toEqual(['Clay week code', 'A brush for everyone here', 'Kiln-warm price'])
    expect(texts(all.root, '.deal .off')).toEqual(['−20 %', 'Gift', '−€5.00'])
    expect((await offer('offer-moved')).find('.deal-facts').textContent).toContain('The host moved the end from')
  })

  it('claims a code, applies it to a cart that has something in it, and says so', async () => {
    const drawn = await offer('offer-sheet')
    await drawn.click(drawn.button('Get your code'))
    expect((drawn.find('.code input') as HTMLInputElement).value).toBe('CLAY15')
    expect(drawn.calls.map(({ name }) => name)).toContain('applyVoucher')
    expect(drawn.find('.applied').textContent).toBe('Applied to your cart')
    expect(drawn.spoken).toEqual(['Your code: CLAY15', 'Applied to your cart'])
  })

  it('copies a code, and leaves it selected where the page may not', async () => {
    const copied: string[] = []
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: async (text: string) => copied.push(text) } })
    onTestFinished(() => void vi.unstubAllGlobals())
    const drawn = await offer('offer-code')
    const { value } = drawn.find('.code input') as HTMLInputElement
    await drawn.click(drawn.button('Copy'))
    expect(copied).toEqual([value])
    expect(drawn.spoken).toEqual(['Copied'])
    vi.stubGlobal('navigator', { ...navigator, clipboard: undefined })
    const refused = await offer('offer-code')
    await refused.click(refused.button('Copy'))
    const field = refused.find('.code input') as HTMLInputElement
    expect([field.selectionStart, field.selectionEnd]).toEqual([0, value.length])
    expect(refused.spoken).toEqual([])
  })

  it('shows the code that this viewer claimed in another tab', async () => {
    const drawn = await offer('offer-sheet')
    await drawn.act(() => drawn.stores.$mine.set({ ...NOTHING_MINE, codes: { o2: { code: 'VOUCHER-7KQ2MX' } } }))
    expect((drawn.find('.code input') as HTMLInputElement).value).toBe('VOUCHER-7KQ2MX')
    expect(drawn.root.textContent).not.toContain('Get your code')
  })

  it('says when the store does not take a code yet', async () => {
    const drawn = await offer('offer-code', { applyVoucher: async () => ({ outcome: 'rejected', reason: 'refused' }) })
    await drawn.click(drawn.button('Apply to my cart'))
    expect(drawn.find('[role=alert]').textContent).toContain('add a product of this offer')
  })

  it('says to enter a code at the checkout where the store cannot be told', async () => {
    const { $can } = (await offer('offer-code')).stores
    const drawn = await offer('offer-code', {}, { $can: { ...$can.get(), voucher: false } })
    expect(drawn.find('.voucher').textContent).toContain('Enter it at the checkout.')
  })

  it.each([
    ['sold-out', 'All codes are taken.'],
    ['already', 'You have done that already.'],
    ['closed', 'This offer has ended.'],
  ])('says in words why there is no code: %s', async (reason, words) => {
    const drawn = await offer('offer-sheet', refuse(reason))
    await drawn.click(drawn.button('Get your code'))
    expect(drawn.find('[role=alert]').textContent).toBe(words)
  })

  it('claims nothing in a replay, and says when it ended', async () => {
    const [first] = joinScenes['offer-sheet']?.$offers ?? []
    if (!first) throw new Error('no offer')
    const ended = { ...first, stage: 'ended' as const, seconds: 0, left: 0 }
    const drawn = await offer('offer-sheet', {}, { $offers: [ended], $status: 'replay' })
    expect(drawn.find('.deal-facts').textContent).toContain('Ended Nov 20, 2026')
    expect(drawn.find('.deal-facts').textContent).toContain('at today’s price')
    expect(drawn.root.querySelector('.deal [data-wide]')).toBeNull()
  })
})

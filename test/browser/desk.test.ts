import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Demo } from '../../examples/live-shop/server/start-demo.mjs'
import { describeInChromium } from '../support/chromium.ts'
import { host, startWholeDemo } from '../support/demo.ts'
import { openPlayer, PATIENCE, playerOf, say, whenConnected, whenStore } from '../support/viewer.ts'
import { useViewers } from '../support/viewers.ts'

describeInChromium('the live desk', (browser) => {
  let demo: Demo
  beforeAll(async () => {
    demo = await startWholeDemo()
  })
  afterAll(() => demo?.stop())
  const view = useViewers(browser)
  const come = async (options = {}) => (await view(options)).page
  /** The desk with the host signed in. */
  const sit = async (options = {}) => {
    const page = await come(options)
    await page.goto(demo.desk)
    await page.getByLabel('Host secret').fill(demo.secret)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.locator('#status').waitFor(PATIENCE)
    return page
  }
  const watch = async () => {
    const page = await come()
    await page.goto(demo.store)
    await openPlayer(page)
    await whenConnected(page)
    return page
  }
  const room = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
  const goTo = (page: Page, name: string) => press(page.locator('#tabs'), name)
  const press = (where: ReturnType<typeof room>, name: string | RegExp) =>
    where
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .click()

  it('lets nobody in who does not know the secret', async () => {
    const page = await come()
    await page.goto(demo.desk)
    await page.getByLabel('Host secret').fill('a guess')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('That is not the secret.').waitFor(PATIENCE)
    expect(await page.locator('#desk').isVisible()).toBe(false)
  })

  it('pins a product, sets its stock, opens and moves an offer, and a viewer sees each', async () => {
    const [desk, page] = await Promise.all([sit(), watch()])
    const player = playerOf(page)
    await press(desk.locator('[data-product=mug]'), 'Pin')
    await player.locator('[part=card][data-product=mug]').waitFor(PATIENCE)

    const offer = room(desk, 'Offer')
    await offer.getByLabel('Title').fill('Kiln-warm price')
    await offer.getByLabel('Terms, in a line').fill('while it is warm')
    await desk.locator('#offer-product').selectOption('mug')
    await offer.getByLabel('Seconds').fill('300')
    await press(offer, 'Open the offer')
    await player.locator('[part=offer]', { hasText: 'Kiln-warm price' }).getByText('while it is warm').waitFor(PATIENCE)
    await press(offer, '+30 s')
    await player.locator('[part=offer]').getByText('Extended by 0:30').waitFor(PATIENCE)
    await press(offer, 'Close')
    await whenStore(page, '$offers', (offers) => offers.every(({ stage }) => stage !== 'open'))

    await desk.locator('[data-product=mug] summary').click()
    const stock = desk.locator('[data-product=mug] form').first()
    await stock.getByRole('spinbutton').fill('2')
    await press(stock, 'Set')
    await whenStore(page, '$room', ({ products }) =>
      Object.values(products.mug?.stock?.data.variants ?? {}).includes(2),
    )
  })

  it('tells in every room what viewers have in front of them, and leads to where it is run', async () => {
    const desk = await sit({ viewport: { width: 390, height: 844 } })
    const onAir = room(desk, 'In front of viewers')
    await press(desk.locator('[data-product=coat]'), 'Pin')
    await onAir.getByText('Fjord wool coat').waitFor(PATIENCE)
    await goTo(desk, 'Offer')
    const offer = desk.locator('#offer')
    await offer.getByLabel('Kind').selectOption('delivery')
    expect(await offer.locator('#offer-product').inputValue()).toBe('')
    await offer.getByLabel('Title').fill('Delivery on us')
    await press(offer, 'Open the offer')
    const chip = onAir.getByRole('button', { name: 'Delivery on us' })
    await chip
      .locator('time')
      .filter({ hasText: /^[01]:\d\d$/ })
      .waitFor(PATIENCE)
    expect(demo.show.events.findLast(({ type }) => type === 'offer.open')?.data.productIds).toEqual([])
    await goTo(desk, 'Chat')
    await chip.click()
    await press(room(desk, 'Offer'), 'Close')
    await chip.waitFor({ ...PATIENCE, state: 'detached' })
  })

  it('says why something was refused until something is done', async () => {
    const desk = await sit()
    const offer = desk.locator('#offer')
    await offer.evaluate((form: HTMLFormElement) => {
      form.noValidate = true
    })
    await offer.getByRole('spinbutton', { name: 'Percent off' }).fill('95')
    await press(offer, 'Open the offer')
    const refusal = desk.getByRole('alert').filter({ hasText: 'from 1 to 90' })
    await refusal.waitFor(PATIENCE)
    // What happens meanwhile takes nothing away.
    await host(demo, 'pin', { ids: ['armchair'] })
    await room(desk, 'In front of viewers').getByText('Hollow armchair').waitFor(PATIENCE)
    expect(await refusal.isVisible()).toBe(true)
    await press(desk.locator('[data-product=mug]'), 'Pin')
    await refusal.waitFor({ ...PATIENCE, state: 'detached' })
  })

  it('opens a quiz, a giveaway with a picture and a card, and a viewer sees each', async () => {
    const [desk, page] = await Promise.all([sit(), watch()])
    const player = playerOf(page)
    await goTo(desk, 'Play')
    const play = room(desk, 'Play along')
    const quiz = desk.locator('#poll')
    await quiz.getByLabel('Question').fill('How hot is the kiln?')
    await quiz.getByLabel('Answers, one a line').fill('850\n1240')
    await quiz.getByLabel('Right answer').fill('2')
    await press(quiz, 'Open the poll')
    await player.locator('[part=now]', { hasText: 'How hot is the kiln?' }).waitFor(PATIENCE)
    await press(play, 'Close the poll')
    await play.getByText('Counting the votes').waitFor(PATIENCE)
    await whenStore(page, '$room', ({ polls }) =>
      Object.values(polls).some(({ close }) => close?.data.correct === 'a2'),
    )

    await press(play, 'Giveaway')
    const raffle = desk.locator('#raffle')
    await raffle.getByLabel('What is given away').fill('One mug for you')
    await raffle.getByLabel('Its picture').selectOption({ label: 'Two-glaze mug' })
    await press(raffle, 'Open the giveaway')
    const card = player.locator('[part=now]', { hasText: 'One mug for you' })
    await card.waitFor(PATIENCE)
    await card.getByRole('button', { name: /^Take part/ }).click()
    const sheet = player.locator('[part=sheet]')
    await sheet.getByRole('button', { name: 'Take part' }).click()
    await sheet.getByText('You are in').waitFor(PATIENCE)
    expect(await sheet.locator('img').getAttribute('src')).toMatch(/\/images\/mug/)
    await press(play, 'Close entries')
    await expect
      .poll(async () => {
        await press(play, 'Draw the winners').catch(() => {})
        return demo.show.events.some(({ type }) => type === 'raffle.draw')
      }, PATIENCE)
      .toBe(true)
    await sheet.getByText('You have won!').waitFor(PATIENCE)
    await page.keyboard.press('Escape')

    await press(play, 'Card')
    await desk.locator('#card').getByLabel('Title').fill('Saturday class')
    await press(desk.locator('#card'), 'Show the card')
    await whenStore(page, '$room', ({ cards }) =>
      Object.values(cards).some(({ show }) => show?.data.title === 'Saturday class'),
    )
    await press(play, 'Take it down')
    await whenStore(page, '$room', ({ cards }) => Object.values(cards).every(({ hide }) => hide))
  })

  it('talks, answers a question, pins, deletes, mutes and slows down, and a viewer sees each', async () => {
    const [desk, page] = await Promise.all([sit({ viewport: { width: 390, height: 844 } }), watch()])
    const player = playerOf(page)
    const rowWith = (text: string) => player.getByRole('log').locator('li', { hasText: text })
    await goTo(desk, 'Chat')
    const chat = desk.locator('#room-chat')
    await chat.getByLabel('Message as host').fill('Welcome, all')
    await press(chat, 'Send')
    await rowWith('Welcome, all').waitFor(PATIENCE)
    await say(page, 'buy gold here', 'Rob')
    const line = chat.locator('li', { hasText: 'buy gold here' })
    await press(line, 'Pin')
    await player.locator('.pinned', { hasText: 'buy gold here' }).waitFor(PATIENCE)
    await press(line, /^Mute/)
    await press(line, /^Delete/)
    await rowWith('buy gold here').waitFor({ ...PATIENCE, state: 'detached' })
    await player.locator('.pinned').waitFor({ ...PATIENCE, state: 'detached' })
    await say(page, 'more gold')
    await player.locator('[part=composer]').getByText('You cannot write here.').waitFor(PATIENCE)
    await goTo(desk, 'Show')
    await press(room(desk, 'Show'), 'Let speak')
    await goTo(desk, 'Chat')
    await say(page, 'sorry')
    await chat.locator('li', { hasText: 'sorry' }).waitFor(PATIENCE)

    await player.getByRole('tab', { name: /Questions/ }).click()
    const ask = player.locator('[part=ask]')
    await ask.getByRole('textbox').fill('Is it warm?')
    await ask.getByRole('button', { name: 'Ask' }).click()
    await press(chat, /^Questions/)
    const question = chat.locator('[data-question]', { hasText: 'Is it warm?' })
    await press(question, 'In words')
    await question.getByLabel('Answer in words').fill('Very.')
    await press(question.locator('form'), 'Answer')
    await player.getByText('Very.').waitFor(PATIENCE)

    await goTo(desk, 'Show')
    await room(desk, 'Show').getByLabel('Slow mode').selectOption('30')
    await whenStore(page, '$room', ({ now }) => now.chatMode?.data.slowMode === 30)
    await press(room(desk, 'Show'), 'Close chat')
    await player.getByRole('tab', { name: 'Chat' }).click()
    await player.getByText('The chat is closed').waitFor(PATIENCE)
  })

  it('has one room at a time on a phone, each as high and as wide as the screen', async () => {
    const desk = await sit({ viewport: { width: 390, height: 844 } })
    const overflow = () =>
      desk.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement
        return [scrollWidth - innerWidth, scrollHeight - innerHeight]
      })
    for (const name of ['Products', 'Offer', 'Play', 'Chat', 'Show']) {
      await goTo(desk, name)
      await desk.locator(`#room-${name.toLowerCase()}`).waitFor(PATIENCE)
      expect([name, ...(await overflow())]).toEqual([name, 0, 0])
    }
  })

  it('pauses, goes on and ends for everyone, and the show is a replay then', async () => {
    const [desk, page] = await Promise.all([sit(), watch()])
    await goTo(desk, 'Show')
    const show = room(desk, 'Show')
    await press(show, 'Pause')
    await whenStore(page, '$status', (status) => status === 'paused')
    await press(show, 'Go on')
    await whenStore(page, '$status', (status) => status === 'live')
    await press(show, 'End …')
    await press(show, 'Yes, end it')
    await desk.getByText('The show has ended').waitFor(PATIENCE)
    await whenStore(page, '$status', (status) => status === 'ended')
    const onAir = room(desk, 'In front of viewers')
    await press(onAir, 'Start a new show')
    await onAir.getByText('Pin a product to begin').waitFor(PATIENCE)
    await press(show, 'Sign out')
    await desk.getByLabel('Host secret').waitFor(PATIENCE)
  })
})

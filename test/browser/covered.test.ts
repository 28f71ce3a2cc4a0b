import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Demo } from '../../examples/live-shop/server/start-demo.mjs'
import { describeInChromium } from '../support/chromium.ts'
import { host, startWholeDemo } from '../support/demo.ts'
import { act } from '../support/desk-act.ts'
import { newViewer, openPlayer, PATIENCE, playerOf, whenConnected, whenPlaying, whenStore } from '../support/viewer.ts'

/** What lies on the picture: what has a ground of its own, and words. */
const ON_TOP =
  '.offer, .now, .pin, .notice, .pinned, .lines li, .new, .composer .field, .bag button, .together button, .order, .hint, .seek'

/** Share of the picture that is hidden, 0 to 1: every fourth pixel in both directions. Runs in the page. */
function covered(selector: string): number {
  const root = document.querySelector('castcart-widget')?.shadowRoot
  const picture = root?.querySelector('.picture')?.getBoundingClientRect()
  if (!root || !picture) return Number.NaN
  const boxes = [...root.querySelectorAll(selector)].flatMap((part) => {
    // Words without a ground of their own hide as much as they are long.
    const isBare = part.localName === 'li' && getComputedStyle(part).backgroundColor === 'rgba(0, 0, 0, 0)'
    const words = document.createRange()
    words.selectNodeContents(part)
    const list = part.closest('.chat')?.getBoundingClientRect()
    return [...(isBare ? words.getClientRects() : part.getClientRects())].map(({ left, right, top, bottom }) => ({
      ...{ left, right },
      top: Math.max(top, list?.top ?? top),
      bottom: Math.min(bottom, list?.bottom ?? bottom),
    }))
  })
  let [all, hidden] = [0, 0]
  for (let x = picture.left + 2; x < picture.right; x += 4)
    for (let y = picture.top + 2; y < picture.bottom; y += 4) {
      all++
      if (boxes.some((box) => x >= box.left && x < box.right && y >= box.top && y < box.bottom)) hidden++
    }
  return hidden / all
}

describeInChromium('the picture', (browser) => {
  let demo: Demo
  beforeAll(async () => {
    demo = await startWholeDemo()
    await host(demo, 'pin', { ids: ['mug'] })
    for (const [place, text] of [
      'Just joined, what did I miss?',
      'the coat 😍',
      'How long is the coat on someone who is 1.62 m tall, and does it come in a shorter cut?',
      'sand or ink? can’t decide',
      'just got two!',
    ].entries())
      await act(demo, `guest-${place}`, 'chat.send', { name: `Guest ${place}`, text })
    await host(demo, 'say', { text: 'Yes, top rack, I do it daily. And the glaze stays as it is' })
    const first = demo.show.events.find(({ type }) => type === 'chat.message')
    await host(demo, 'pin-message', { id: first?.id })
    await host(demo, 'open-offer', {
      title: 'Kiln-warm price',
      text: 'while it is warm',
      percentOff: 15,
      seconds: 900,
      quantity: 40,
      productIds: ['mug'],
    })
    await host(demo, 'open-poll', {
      question: 'Which mug do I fire next week, do you think?',
      options: ['Moss', 'Sand'],
    })
  })
  afterAll(() => demo?.stop())

  it.each([
    [320, 640],
    [390, 844],
    [844, 390],
  ])(
    'is hidden by a third at most while there are an offer, a poll, a product and a chat, at %i by %i',
    async (width, height) => {
      const viewer = await newViewer(browser(), { viewport: { width, height }, reducedMotion: 'reduce' })
      const { page } = viewer
      await page.goto(demo.store)
      await openPlayer(page)
      await whenConnected(page)
      await whenPlaying(page)
      for (const part of ['[part=offer]', '[part=now]', '[part=card] s', '[part=composer]', '.lines li'])
        await playerOf(page).locator(part).first().waitFor(PATIENCE)
      await whenStore(page, '$products', (products) => products.every(({ pricing }) => pricing !== 'pending'))
      await playerOf(page).getByRole('button', { name: 'Tap for sound' }).click()
      await whenStore(page, '$playback', ({ muted }) => !muted)
      const share = await page.evaluate(covered, ON_TOP)
      console.log(`  ${width} × ${height}: ${(100 * share).toFixed(0)} % of the picture is hidden`)
      if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}-${width}.png` })
      expect(share).toBeLessThan(1 / 3)
      await viewer.close()
    },
  )
})

/** Those of the parts that lie over another, as pairs of their classes. Runs in the page. */
function overlaps(selectors: readonly string[]): string[] {
  const root = document.querySelector('castcart-widget')?.shadowRoot
  const boxes = selectors.flatMap((name) => {
    const box = root?.querySelector(name)?.getBoundingClientRect()
    return box ? [{ name, box }] : []
  })
  const isOver = (one: DOMRect, other: DOMRect) =>
    one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 1 && other.top < one.bottom - 1
  return boxes.flatMap((one, index) =>
    boxes.slice(index + 1).flatMap((other) => (isOver(one.box, other.box) ? `${one.name} ${other.name}` : [])),
  )
}

describeInChromium('a replay', (browser) => {
  let demo: Demo
  beforeAll(async () => {
    demo = await startWholeDemo()
  })
  afterAll(() => demo?.stop())

  it.each([
    [390, 844],
    [844, 390],
    [1280, 800],
  ])('has offer, order, giveaway and product side by side, none over another, at %i by %i', async (width, height) => {
    const viewer = await newViewer(browser(), { viewport: { width, height }, reducedMotion: 'reduce' })
    const { page } = viewer
    await page.goto(demo.replay)
    await openPlayer(page)
    await whenPlaying(page)
    // The picture stands where the recording has all of them.
    await page.evaluate(() => {
      const video = document.querySelector('castcart-widget')?.shadowRoot?.querySelector('video')
      if (!video) return
      video.pause()
      video.currentTime = 94
    })
    // On its side a phone leaves the ended offer out.
    const parts = ['.now', '.order', '.card.pin', '.seek', ...(height < 480 ? [] : ['.offer'])]
    for (const part of parts) await playerOf(page).locator(part).first().waitFor(PATIENCE)
    if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}-${width}.png` })
    expect(await page.evaluate(overlaps, parts)).toEqual([])
    await viewer.close()
  })
})

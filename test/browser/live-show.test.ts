import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Demo } from '../../examples/live-shop/server/start-demo.mjs'
import { describeInChromium } from '../support/chromium.ts'
import { host, startWholeDemo } from '../support/demo.ts'
import {
  launcherOf,
  newViewer,
  openPlayer,
  PATIENCE,
  playerOf,
  read,
  say,
  type Viewer,
  whenConnected,
  whenPlaying,
  whenStore,
} from '../support/viewer.ts'

describeInChromium('a live show on a store page', (browser) => {
  let demo: Demo
  let viewers: Viewer[]

  // One of the tests ends the show, and each counts what is in the chat.
  beforeEach(async () => {
    viewers = []
    demo = await startWholeDemo()
  })
  afterEach(async () => {
    const errors = viewers.flatMap((viewer) => viewer.errors)
    const said = viewers.flatMap((viewer) => viewer.said)
    await Promise.all(viewers.map((viewer) => viewer.close()))
    await demo.stop()
    expect(errors).toEqual([])
    expect(said).toEqual([])
  })

  const arrive = async () => {
    const viewer = await newViewer(browser())
    viewers.push(viewer)
    await viewer.page.goto(demo.store)
    await openPlayer(viewer.page)
    await whenConnected(viewer.page)
    return viewer
  }

  it('opens over the page and plays, muted, at the live edge', async () => {
    const { page } = await arrive()
    const playback = await whenPlaying(page)
    expect(playback).toMatchObject({ live: true, muted: true })
    expect(await read(page, '$status')).toBe('live')
    await whenStore(page, '$playback', ({ position, atLiveEdge }) => position > playback.position && atLiveEdge)
    expect(await playerOf(page).locator('video').isVisible()).toBe(true)
  })

  it('shows a pinned product when the picture gets there, with the price of the store, and takes it away again', async () => {
    const { page } = await arrive()
    await whenPlaying(page)
    await host(demo, 'pin', { ids: ['mug'] })
    const card = playerOf(page).locator('[data-product=mug]').first()
    await card.waitFor(PATIENCE)
    expect(await card.textContent()).toContain('€26.00')
    await host(demo, 'unpin')
    await whenStore(page, '$room', ({ now }) => now.pin?.data.ids.length === 0)
    expect(await playerOf(page).locator('[part=card]').count()).toBe(0)
  })

  it('opens an offer, counts it down and closes it', async () => {
    const { page } = await arrive()
    await whenPlaying(page)
    await host(demo, 'open-offer', { title: 'Mug minute', percentOff: 20, seconds: 12, productIds: ['mug'] })
    const bar = playerOf(page).locator('[part=offer]')
    const timer = bar.getByRole('timer')
    await timer.waitFor(PATIENCE)
    expect(await bar.textContent()).toContain('Mug minute')
    const first = await timer.textContent()
    await expect.poll(() => timer.textContent().catch(() => first), PATIENCE).not.toBe(first)
    const left = (await read(page, '$offers'))?.[0]?.seconds ?? Number.NaN
    expect(left).toBeLessThan(12)
    await whenStore(page, '$offers', (offers) => offers.every(({ stage }) => stage !== 'open'))
    await timer.waitFor({ ...PATIENCE, state: 'detached' })
  })

  it('lets two windows chat with each other, and takes a message out of both when the host deletes it', async () => {
    const [one, other] = [await arrive(), await arrive()]
    const chatOf = ({ page }: Viewer) => playerOf(page).locator('[part=chat]')
    await say(one.page, 'Is the mug dishwasher safe?')
    await chatOf(other).getByText('Is the mug dishwasher safe?').waitFor(PATIENCE)
    await say(other.page, 'Mine has been for years')
    await chatOf(one).getByText('Mine has been for years').waitFor(PATIENCE)
    expect(await chatOf(one).getByText('Is the mug dishwasher safe?').count()).toBe(1)
    const wrong = demo.show.events.find(({ data }) => data.text === 'Mine has been for years')
    await host(demo, 'delete', { id: wrong?.id })
    for (const viewer of [one, other]) {
      await chatOf(viewer)
        .getByText('Mine has been for years')
        .waitFor({ ...PATIENCE, state: 'detached' })
      expect(await chatOf(viewer).getByText('Is the mug dishwasher safe?').count()).toBe(1)
    }
  })

  it('is over when the host ends it, and is a replay for who comes later', async () => {
    const { page } = await arrive()
    await whenPlaying(page)
    await host(demo, 'pin', { ids: ['coffee'] })
    await whenStore(page, '$room', ({ now }) => now.pin?.data.ids[0] === 'coffee')
    await host(demo, 'end')
    await whenStore(page, '$status', (status) => status === 'ended')
    await playerOf(page).getByText('The show is over').waitFor(PATIENCE)

    await page.reload()
    if ((await read(page, '$view')) !== 'mini') await launcherOf(page).click()
    await whenStore(page, '$status', (status) => status === 'replay')
    const playback = await whenPlaying(page)
    expect(playback.live).toBe(false)
    expect(playback.duration).toBeGreaterThan(1)
  })
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createReplayStore } from '../../examples/live-shop/server/start-demo.mjs'
import { describeInChromium } from '../support/chromium.ts'
import { newViewer, openSheet, PATIENCE, playerOf, type Viewer } from '../support/viewer.ts'

describeInChromium('an example of embedding', (browser) => {
  const server = createServer(createReplayStore())
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))

  const visit = async (way: string): Promise<Viewer> => {
    const viewer = await newViewer(browser())
    await viewer.page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/examples/${way}/`)
    return viewer
  }
  const whenMoving = (page: Page) =>
    expect
      .poll(
        () =>
          playerOf(page)
            .locator('video')
            .evaluate((video) => (video as HTMLVideoElement).currentTime),
        PATIENCE,
      )
      .toBeGreaterThan(0.5)
  const leave = async (viewer: Viewer) => {
    expect([viewer.errors, viewer.said]).toEqual([[], []])
    await viewer.close()
  }

  it('is a tag and nothing else', async () => {
    const viewer = await visit('script-tag')
    await viewer.page.getByRole('button', { name: 'Watch & shop' }).click()
    await whenMoving(viewer.page)
    await leave(viewer)
  })

  it('is one file, a show document in the page, and the page’s own button', async () => {
    const viewer = await visit('one-file')
    const { page } = viewer
    await page.getByRole('button', { name: 'Watch how the coat falls' }).click()
    await whenMoving(page)
    await playerOf(page).getByText('Fjord wool coat').first().waitFor(PATIENCE)
    expect(viewer.asked.filter((address) => /\/castcart\/|\.json/.test(address))).toHaveLength(1)
    await leave(viewer)
  })

  it('is an element where the text wants it', async () => {
    const viewer = await visit('element')
    const { page } = viewer
    await page.locator('cast-cart').getByRole('button', { name: 'Watch & shop' }).click()
    await whenMoving(page)
    const [before, player, after] = await Promise.all(
      [page.locator('p').first(), playerOf(page), page.locator('p').last()].map((place) => place.boundingBox()),
    )
    expect(before?.y).toBeLessThan(player?.y ?? 0)
    expect((player?.y ?? 0) + (player?.height ?? 0)).toBeLessThanOrEqual(after?.y ?? 0)
    await leave(viewer)
  })

  it('is an application with a cart, a button and words of its own', async () => {
    const viewer = await visit('npm')
    const { page } = viewer
    await page.getByRole('button', { name: 'Watch the show' }).click()
    await whenMoving(page)
    await expect.poll(() => page.locator('#pinned').textContent(), PATIENCE).toBe('Fjord wool coat')
    await playerOf(page).locator('[part=card][data-product=coat]').waitFor(PATIENCE)
    const sheet = await openSheet(page, 'coat')
    await sheet.getByRole('button', { name: /^Put it in my bag · €/ }).click()
    await expect.poll(() => page.locator('#cart').textContent(), PATIENCE).toBe('1')
    await page.reload()
    expect(await page.locator('#cart').textContent()).toBe('1')
    await leave(viewer)
  })

  it('is a client’s look and words', async () => {
    const viewer = await visit('theme')
    const { page } = viewer
    await page.getByRole('button', { name: 'Watch & shop' }).click()
    await whenMoving(page)
    await playerOf(page).locator('[part=card][data-product=coat] button').first().click(PATIENCE)
    const button = playerOf(page).locator('[part=sheet]').getByRole('button', { name: 'Choose your size' })
    await button.waitFor(PATIENCE)
    const style = await button.evaluate((element) => {
      const { backgroundColor, fontFamily } = getComputedStyle(element)
      return [backgroundColor, fontFamily.split(',')[0]]
    })
    expect(style).toEqual(['rgb(31, 77, 58)', 'Georgia'])
    await leave(viewer)
  })
})

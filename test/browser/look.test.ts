import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeInChromium } from '../support/chromium.ts'
import { cutWords, faintWords, PICTURES, putPicture, smallTargets } from '../support/look.ts'
import { SIZES, STATES, settled, startTalkedDemo, type TalkedDemo } from '../support/show-states.mjs'
import { newViewer, type Viewer } from '../support/viewer.ts'

type State = keyof typeof STATES
const LOCALES = ['en', 'ru'] as const

describeInChromium('the look', (browser) => {
  let demo: TalkedDemo
  beforeAll(async () => {
    demo = await startTalkedDemo()
  })
  afterAll(() => demo?.stop())

  /** Brings a viewer to a state on a phone, then turns and widens the screen; what is found wrong, by size. */
  const look = async (
    { state, locale }: { state: State; locale: 'en' | 'ru' },
    measure: (viewer: Viewer) => Promise<string[]>,
    sizes: readonly (keyof typeof SIZES)[] = ['small', 'phone', 'side', 'laptop', 'desk'],
  ) => {
    const viewer = await newViewer(browser(), { viewport: SIZES.phone, reducedMotion: 'reduce' })
    try {
      await STATES[state](viewer.page, demo, locale)
      const wrong: string[] = []
      for (const size of sizes) {
        await viewer.page.setViewportSize(SIZES[size])
        await settled(viewer.page)
        for (const found of await measure(viewer)) wrong.push(`${size}: ${found}`)
      }
      return wrong
    } finally {
      await viewer.close()
    }
  }
  const each = (states: readonly State[]) => states.flatMap((state) => LOCALES.map((locale) => ({ state, locale })))

  it.each(each(['offer', 'offer-sheet', 'poll', 'cart', 'mini', 'replay']))(
    'leaves 44 px to every finger and cuts no word: $state in $locale',
    async (given) => {
      const wrong = await look(given, async ({ page }) => [...(await smallTargets(page)), ...(await cutWords(page))])
      expect(wrong).toEqual([])
    },
  )

  it.each([...each(['offer']), { state: 'mini', locale: 'en' }, { state: 'replay', locale: 'en' }] as const)(
    'is legible over white, black and noise: $state in $locale',
    async (given) => {
      const wrong = await look(
        given,
        async ({ page }) => {
          const faint: string[] = []
          for (const picture of PICTURES) {
            await putPicture(page, picture)
            for (const found of await faintWords(browser(), page)) faint.push(`${picture} ${found}`)
          }
          return faint
        },
        ['small', 'side', 'laptop'],
      )
      expect(wrong).toEqual([])
    },
  )

  it('keeps the picture and what is on it within the player beside a list of any length', async () => {
    const wrong = await look(
      { state: 'moments', locale: 'en' },
      async ({ page }) =>
        (await page.evaluate(() => {
          const frame = document.querySelector('castcart-widget')?.shadowRoot?.querySelector('.frame')
          const { bottom = 0 } = frame?.getBoundingClientRect() ?? {}
          return [...(frame?.querySelectorAll('.picture, .card, .seek-row, .sheet') ?? [])]
            .filter((part) => part.getBoundingClientRect().bottom > bottom + 1)
            .map((part) => part.className)
        })) as string[],
    )
    expect(wrong).toEqual([])
  })
})

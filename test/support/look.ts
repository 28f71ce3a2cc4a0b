import type { Browser, Page } from 'playwright-core'
import { settled } from './show-states.mjs'

/** What a picture may be, to judge what is written over it. */
export const PICTURES = ['white', 'black', 'noise'] as const

/** Runs in the page: everything of the player that is there to be seen, through its shadow root. */
const SEEN = `
  const { shadowRoot } = document.querySelector('castcart-widget')
  const all = [...shadowRoot.querySelectorAll('[part=player] *')].filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !one.closest('.sr'))
  const name = (one) => one.localName + (one.className?.baseVal ?? one.className ? '.' + String(one.className?.baseVal ?? one.className).trim().replaceAll(' ', '.') : '') + ' "' + (one.ariaLabel || one.textContent).trim().slice(0, 40) + '"'
  const isOnTop = (one, { left, top, width, height }) => {
    const found = shadowRoot.elementFromPoint(left + width / 2, top + height / 2)
    return found && (one.contains(found) || found.contains(one))
  }
`

/**
 * What a finger could miss: things to press that are less than 44 px wide or high, as name and size. Words in running text aside, and the pictures
 * on a recording's line: the line is pressed anywhere, and the list of moments has rows of full size.
 */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(`(() => { ${SEEN}
    const isHidden = (one) => one.matches('input[type=radio], input[type=checkbox]')
    const pressed = all.filter((one) => one.matches('button, a[href], input, select, textarea, summary, [role=slider], label:has(input[type=radio])') && !isHidden(one) && !one.matches('p a, li a, dd a, small a, .moment'))
    return pressed.flatMap((one) => {
      const before = getComputedStyle(one, '::before')
      const area = before.content !== 'none' && before.position === 'absolute' && before.inset === '0px' && getComputedStyle(one).position === 'static' ? one.offsetParent ?? one : one
      const { width, height } = area.getBoundingClientRect()
      return Math.min(width, height) < 43.5 ? [name(one) + ' ' + Math.round(width) + '×' + Math.round(height)] : []
    })
  })()`)
}

/**
 * What is cut: words that end in dots without a title, that are wider than where they stand, or that leave the screen. Quotes aside: what they quote
 * stands in the chat.
 */
export function cutWords(page: Page): Promise<string[]> {
  return page.evaluate(`(() => { ${SEEN}
    const scrolls = (one) => { for (let at = one; at; at = at.parentElement) if (/auto|scroll/.test(getComputedStyle(at).overflow)) return true; return false }
    return all.filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())).flatMap((one) => {
      const style = getComputedStyle(one)
      const box = one.getBoundingClientRect()
      const isWide = one.scrollWidth > one.clientWidth + 1 && style.display !== 'inline' && /hidden|clip/.test(style.overflowX)
      const isHigh = style.webkitLineClamp !== 'none' && one.scrollHeight > one.clientHeight + 2
      const isOut = !scrolls(one) && (box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1)
      return (isWide || isHigh || isOut) && !one.closest('[title], q') ? [name(one) + (isOut ? ' leaves the screen' : ' is cut')] : []
    })
  })()`)
}

/** A picture of one kind in the video's place. */
export function putPicture(page: Page, picture: (typeof PICTURES)[number]): Promise<void> {
  return page.evaluate((kind) => {
    const place = document.querySelector('castcart-widget')?.shadowRoot?.querySelector('.picture')
    const canvas = document.createElement('canvas')
    canvas.width = 180
    canvas.height = 320
    const context = canvas.getContext('2d')
    for (let at = 0; context && at < canvas.width * canvas.height; at++) {
      // A generator of Lehmer's: the same noise every time.
      const shade = kind === 'noise' ? (at * 48271 * 16807) % 256 : kind === 'white' ? 255 : 0
      context.fillStyle = `rgb(${shade} ${(shade * 7) % 256} ${(shade * 31) % 256})`
      if (kind !== 'noise') context.fillStyle = kind
      context.fillRect(at % canvas.width, Math.floor(at / canvas.width), 1, 1)
    }
    place?.querySelector('video')?.pause()
    place?.querySelector('canvas')?.remove()
    place?.append(canvas)
  }, picture)
}

interface Words {
  readonly name: string
  readonly large: boolean
  /** Red, green, blue of 255 each, and how opaque with all that it stands in. */
  readonly ink: readonly [number, number, number, number]
  readonly boxes: readonly (readonly [x: number, y: number, width: number, height: number])[]
}

const words = (page: Page): Promise<Words[]> =>
  page.evaluate(`(() => { ${SEEN}
    return all.flatMap((one) => {
      const style = getComputedStyle(one)
      const lines = one.closest('.lines')?.getBoundingClientRect()
      const own = one.getBoundingClientRect()
      const nodes = [...one.childNodes].filter((node) => node.nodeType === 3 && node.data.trim())
      const boxes = nodes.flatMap((node) => {
        const range = document.createRange()
        range.selectNodeContents(node)
        return [...range.getClientRects()]
      }).filter((box) => box.bottom <= own.bottom + 4 && box.right <= own.right + 4 && box.width > 3 && box.height > 3 && box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight && isOnTop(one, box)
        // The oldest messages fade on purpose.
        && !(lines && box.top < lines.top + 64))
      const isBold = Number(style.fontWeight) >= 700
      const large = parseFloat(style.fontSize) >= (isBold ? 18.66 : 24)
      const [red, green, blue, alpha = 1] = style.color.match(/[\\d.]+/g).map(Number)
      let opaque = alpha
      for (let at = one; at; at = at.parentElement) opaque *= Number(getComputedStyle(at).opacity)
      const isOff = one.closest(':disabled, [aria-disabled=true]')
      return boxes.length && !isOff ? [{ name: name(one), large, ink: [red, green, blue, opaque], boxes: boxes.map(({ x, y, width, height }) => [x, y, width, height]) }] : []
    })
  })()`)

/**
 * Words that are too faint where they stand, as name and contrast: their own colour against the pixels of a screenshot without them, where that is worst but
 * for a tenth (WCAG 2.2, 1.4.3).
 */
export async function faintWords(browser: Browser, page: Page): Promise<string[]> {
  const [found, without] = await standing(page)
  const reader = await browser.newPage()
  try {
    return await reader.evaluate(judge, [without.toString('base64'), found] as const)
  } finally {
    await reader.close()
  }
}

/** The words and a screenshot without them, taken anew while something comes or goes between the two. */
async function standing(page: Page): Promise<[found: Words[], without: Buffer]> {
  for (let attempt = 1; attempt <= 10; attempt++) {
    await settled(page)
    const found = await words(page)
    await page.evaluate(
      `(() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('.root *, .root ::placeholder { color: #0000 !important; text-decoration-color: #0000 !important }'); document.querySelector('castcart-widget').shadowRoot.adoptedStyleSheets.push(sheet) })()`,
    )
    const without = await page.screenshot({ animations: 'disabled' })
    await page.evaluate(`document.querySelector('castcart-widget').shadowRoot.adoptedStyleSheets.pop()`)
    await settled(page)
    const isStill = (one: readonly Words[]) =>
      JSON.stringify(one.map(({ name, ink, boxes }) => [name.replace(/\d+/g, '0'), ink, boxes]))
    if (isStill(await words(page)) === isStill(found)) return [found, without]
  }
  throw new Error('the player never stands still: something comes or goes all the time')
}

/** Runs in a page of its own. */
async function judge([base64, found]: readonly [string, readonly Words[]]): Promise<string[]> {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob())
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d', { willReadFrequently: true })
  context?.drawImage(image, 0, 0)
  const part = (value: number) => (value <= 10.31 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4)
  const light = ([red = 0, green = 0, blue = 0]: readonly number[]) =>
    0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
  return found.flatMap(({ name, large, ink, boxes }) => {
    const [red, green, blue, opaque] = ink
    const contrasts = boxes.map(([x, y, width, height]) => {
      const data = context?.getImageData(Math.round(x), Math.round(y), Math.round(width), Math.round(height)).data ?? []
      const all = Array.from({ length: data.length / 4 }, (_, index) => {
        const paper = [0, 1, 2].map((channel) => data[index * 4 + channel] ?? 0)
        const seen = [red, green, blue].map((value, channel) => value * opaque + (paper[channel] ?? 0) * (1 - opaque))
        const [a, b] = [light(seen), light(paper)]
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
      }).sort((a, b) => a - b)
      return all[Math.floor(all.length / 10)] ?? 21
    })
    const worst = Math.min(...contrasts)
    return worst < (large ? 3 : 4.5) ? [`${name} ${worst.toFixed(2)}`] : []
  })
}

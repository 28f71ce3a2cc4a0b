import { act } from 'preact/test-utils'
import { onTestFinished, vi } from 'vitest'
import { drawShell } from '../../src/ui/shell/draw-shell.ts'
import { type FakeModel, type FakeOptions, fakeModel, set } from './ui-harness.tsx'

/** The whole player in a shadow root of its own. */
export interface DrawnPlayer extends FakeModel {
  readonly root: ShadowRoot
  /** What the interface threw. */
  readonly crashes: unknown[]
  change(values: Parameters<typeof set>[1]): Promise<void>
  click(selector: string): Promise<void>
  /** The first element that matches; fails the test where there is none. */
  find<T extends Element = HTMLElement>(selector: string): T
  /** Waits for the first element that matches: parts come by `import()`. */
  there(selector: string): Promise<HTMLElement>
  words(selector: string): string | undefined
}

/** Stores are heard after the paint. */
export const later = <T>(check: () => T): Promise<T> => vi.waitFor(check, { timeout: 10_000 })

/** Draws the player over a fake model; taken away when the test ends. */
export async function drawPlayer(options?: FakeOptions): Promise<DrawnPlayer> {
  const fake = fakeModel(options)
  const host = document.createElement('div')
  document.body.append(host)
  const root = host.attachShadow({ mode: 'open' })
  // happy-dom has no top layer.
  HTMLDialogElement.prototype.showPopover ??= () => {}
  const crashes: unknown[] = []
  let takeAway = () => {}
  await act(() => {
    takeAway = drawShell(root, fake.model, { onCrash: (cause) => crashes.push(cause) })
  })
  onTestFinished(() => {
    takeAway()
    document.body.replaceChildren()
  })
  const find = <T extends Element = HTMLElement>(selector: string): T => {
    const element = root.querySelector<T>(selector)
    if (!element) throw new Error(`nothing matches ${selector}`)
    return element
  }
  return {
    ...fake,
    root,
    crashes,
    find,
    change: async (values) => act(() => set(fake.stores, values)),
    click: async (selector) => act(() => find<HTMLElement>(selector).click()),
    there: (selector) => later(() => find(selector)),
    words: (selector) => find(selector).textContent?.replace(/\s+/g, ' ').trim(),
  }
}

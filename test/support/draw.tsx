import { type ComponentChildren, render } from 'preact'
import { act } from 'preact/test-utils'
import { onTestFinished } from 'vitest'
import { UiContext } from '../../src/ui/context.ts'
import { type FakeModel, type FakeOptions, fakeModel } from './ui-harness.tsx'

/** A part drawn in a player of its own, and what it said aloud. */
export interface Drawn extends FakeModel {
  readonly root: HTMLElement
  readonly spoken: string[]
  /** The first element that matches; fails the test where there is none. */
  find(selector: string): HTMLElement
  /** The button with this name. */
  button(name: string): HTMLElement
  click(element: Element): Promise<void>
  /** Runs what changes state, and waits until it is drawn. */
  act(change: () => unknown): Promise<void>
}

/** Draws a part of the interface over a fake model; taken away when the test ends. */
export async function draw(children: ComponentChildren, options: FakeOptions = {}): Promise<Drawn> {
  const fake = fakeModel(options)
  const root = document.createElement('div')
  root.className = 'player'
  root.tabIndex = -1
  document.body.append(root)
  const spoken: string[] = []
  const model = { ...fake.model, speak: (text: string) => void spoken.push(text) }
  const later = async (change: () => unknown) => {
    await act(async () => {
      await change()
    })
  }
  await later(() => render(<UiContext.Provider value={model}>{children}</UiContext.Provider>, root))
  onTestFinished(() => {
    render(null, root)
    root.remove()
  })
  const find = (selector: string) => {
    const found = root.querySelector<HTMLElement>(selector)
    if (!found) throw new Error(`nothing matches ${selector} in ${root.innerHTML}`)
    return found
  }
  const named = (element: Element) => element.getAttribute('aria-label') ?? element.textContent?.trim() ?? ''
  const button = (name: string) => {
    const found = [...root.querySelectorAll<HTMLElement>('button')].find((one) => named(one) === name)
    if (!found)
      throw new Error(`no button "${name}" among ${[...root.querySelectorAll('button')].map(named).join(' | ')}`)
    return found
  }
  return {
    ...fake,
    model,
    root,
    spoken,
    find,
    button,
    act: later,
    click: (element) =>
      later(() => element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))),
  }
}

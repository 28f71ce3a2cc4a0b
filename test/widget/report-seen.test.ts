// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { reportSeen } from '../../src/widget/report-seen.ts'

/** IntersectionObserver that a test tells what is in view. */
class FakeObserver {
  static all: FakeObserver[] = []
  readonly watched: Element[] = []
  isOver = false
  private readonly heard: (entries: { target: Element; isIntersecting: boolean }[]) => void
  readonly options: IntersectionObserverInit | undefined
  constructor(heard: FakeObserver['heard'], options?: IntersectionObserverInit) {
    this.heard = heard
    this.options = options
    FakeObserver.all.push(this)
  }
  observe(card: Element) {
    this.watched.push(card)
  }
  disconnect() {
    this.isOver = true
  }
  show(target: Element, isIntersecting: boolean) {
    this.heard([{ target, isIntersecting }])
  }
}

function open(...ids: string[]) {
  const root = document.createElement('div')
  const put = (id: string) => {
    const card = document.createElement('p')
    card.dataset.product = id
    root.append(card)
    return card
  }
  const cards = ids.map(put)
  document.body.append(root)
  const end = new AbortController()
  const seen: string[] = []
  reportSeen({ root, signal: end.signal, onSeen: (id) => seen.push(id) })
  vi.advanceTimersByTime(250)
  const [observer] = FakeObserver.all
  if (!observer) throw new Error('nothing observes')
  return { root, put, cards, end, seen, observer }
}

describe('reportSeen', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('IntersectionObserver', FakeObserver)
  })
  afterEach(() => {
    FakeObserver.all = []
    vi.useRealTimers()
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
    document.body.replaceChildren()
  })
  const card = (cards: readonly Element[], at = 0) => {
    const found = cards[at]
    if (!found) throw new Error('no such card')
    return found
  }

  it('tells of a card that was half in view for a second, once', () => {
    const { cards, seen, observer } = open('mug')
    expect(observer.options?.threshold).toBe(0.5)
    observer.show(card(cards), true)
    vi.advanceTimersByTime(750)
    expect(seen).toEqual([])
    vi.advanceTimersByTime(500)
    expect(seen).toEqual(['mug'])
    observer.show(card(cards), false)
    observer.show(card(cards), true)
    vi.advanceTimersByTime(5000)
    expect(seen).toEqual(['mug'])
  })

  it('begins anew where the card was out of view meanwhile', () => {
    const { cards, seen, observer } = open('mug')
    observer.show(card(cards), true)
    vi.advanceTimersByTime(750)
    observer.show(card(cards), false)
    observer.show(card(cards), true)
    vi.advanceTimersByTime(750)
    expect(seen).toEqual([])
  })

  it('does not count while the page is hidden', () => {
    const { cards, seen, observer } = open('mug')
    const state = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    observer.show(card(cards), true)
    vi.advanceTimersByTime(5000)
    expect(seen).toEqual([])
    state.mockReturnValue('visible')
    vi.advanceTimersByTime(750)
    expect(seen).toEqual([])
    vi.advanceTimersByTime(500)
    expect(seen).toEqual(['mug'])
  })

  it('tells of a product once, on however many cards, and not of a card that is gone', () => {
    const { cards, put, seen, observer } = open('mug', 'mug', 'bowl')
    for (const one of cards) observer.show(one, true)
    card(cards, 2).remove()
    vi.advanceTimersByTime(2000)
    expect(seen).toEqual(['mug'])
    const late = put('vase')
    vi.advanceTimersByTime(250)
    observer.show(late, true)
    vi.advanceTimersByTime(1250)
    expect(seen).toEqual(['mug', 'vase'])
    expect(observer.watched).toHaveLength(4)
  })

  it('tells nothing after the end, and nothing where the browser has no such observer', () => {
    const { cards, seen, observer, end } = open('mug')
    observer.show(card(cards), true)
    end.abort()
    vi.advanceTimersByTime(5000)
    expect([seen, observer.isOver]).toEqual([[], true])
    vi.stubGlobal('IntersectionObserver', undefined)
    const { signal } = new AbortController()
    expect(() => reportSeen({ root: document, signal, onSeen: () => {} })).not.toThrow()
  })
})

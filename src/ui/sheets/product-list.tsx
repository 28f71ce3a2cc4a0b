import type { RefObject, VNode } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { ProductView } from '../../state/product-view.ts'
import { type UiModel, useWidget } from '../context.ts'
import { useDraft } from '../use-draft.ts'
import { useStore } from '../use-store.ts'
import { ProductItem } from './product-item.tsx'

/** From how many products on a search field stands above the list. */
const MANY = 8
/** Rows that are drawn whole at once; the others follow, as many in each frame, and are a title until they come near. */
const FIRST = 8
const STRIDE = 24

/** All products of the show, found by words and grouped. */
export function ProductList() {
  const { state, t } = useWidget()
  const all = useStore(state.$products)
  const [wanted, setWanted] = useDraft('words', '')
  const isWaiting = useStore(state.$status) === 'loading'
  const groups = useFound(all, wanted)
  const list = useRef<HTMLUListElement>(null)
  const count = groups.reduce((sum, [, views]) => sum + views.length, 0)
  const drawn = useGrowing(count)
  const rowOf = useRows(list, [groups, drawn])
  if (!all.length && !isWaiting) return <p class="none">{t('products.none')}</p>
  let place = 0
  return (
    <>
      {all.length > MANY && (
        <div class="find">
          <input
            type="search"
            value={wanted}
            placeholder={t('products.search')}
            aria-label={t('products.search')}
            onInput={({ currentTarget }) => setWanted(currentTarget.value)}
          />
          <span class="sr" role="status">
            {wanted.trim() && t('products.found', { count })}
          </span>
        </div>
      )}
      {all.length > 0 && !count && <p class="none">{t('products.found', { count: 0 })}</p>}
      <ul class="list scroll" ref={list}>
        {all.length
          ? groups.flatMap(([name, views]) => {
              const rows = views.flatMap((view) => (place < drawn ? rowOf(view, place++ < FIRST) : []))
              const head = name || (groups.length > 1 && t('products.rest'))
              return [
                head && rows.length > 0 && (
                  <li class="item-group" key={`/${name}`}>
                    {head}
                  </li>
                ),
                ...rows,
              ]
            })
          : [0, 1, 2].map((key) => (
              <li class="item" key={key}>
                <span class="thumb" />
                <span class="skeleton" />
              </li>
            ))}
      </ul>
    </>
  )
}

/** Products under one heading; an empty one are those of no group, last. */
type Group = readonly [name: string, views: readonly ProductView[]]

/** What fits the words typed, by title, group or the number said aloud; products of a group stand together, in the order of their first. */
function useFound(all: readonly ProductView[], wanted: string): readonly Group[] {
  const model = useWidget()
  return useMemo(() => found(all, wanted.trim(), model), [all, wanted])
}

function found(all: readonly ProductView[], wanted: string, { say, locale }: UiModel): readonly Group[] {
  const words = wanted.toLocaleLowerCase(locale).split(/\s+/)
  const fits = ({ product }: ProductView) => {
    const text = `${say(product.title)} ${say(product.group)} ${product.code ?? ''}`.toLocaleLowerCase(locale)
    return words.every((word) => text.includes(word))
  }
  const called = all.filter(({ product }) => product.code === wanted)
  const groups = new Map<string, ProductView[]>()
  for (const view of called.length ? called : all.filter(fits)) {
    const name = say(view.product.group)
    const group = groups.get(name)
    if (group) group.push(view)
    else groups.set(name, [view])
  }
  return [...groups].sort(([a], [b]) => Number(!a) - Number(!b))
}

/** How many of `count` rows are drawn by now: two hundred in one frame would be felt. */
function useGrowing(count: number): number {
  const [drawn, draw] = useState(FIRST)
  useEffect(() => {
    if (drawn >= count) return
    const frame = requestAnimationFrame(() => draw(drawn + STRIDE))
    return () => cancelAnimationFrame(frame)
  }, [drawn, count])
  return drawn
}

/** Draws rows: whole where they are first, shown by the host, or have come near once; the same one again while its product is the same. */
function useRows(list: RefObject<HTMLElement>, rows: readonly unknown[]) {
  const drawn = useRef(new WeakMap<ProductView, { isBrief: boolean; row: VNode }>())
  /** What was drawn whole stays so: a row in view would lose its button, and the focus on it, for the frames until it is seen to be near. */
  const whole = useRef(new Set<string>())
  const [near, bring] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        const come = entries.flatMap(({ isIntersecting, target }) =>
          isIntersecting ? ((target as HTMLElement).dataset.product ?? []) : [],
        )
        if (come.length) bring((before) => new Set([...before, ...come]))
      },
      { root: list.current?.closest('.rail .list, .sheet-body') ?? null, rootMargin: '100% 0px' },
    )
    for (const row of list.current?.querySelectorAll('[data-brief]') ?? []) observer.observe(row)
    return () => observer.disconnect()
  }, [...rows, near])
  return (view: ProductView, isFirst: boolean): VNode => {
    const isBrief = !isFirst && !view.now && !near.has(view.id) && !whole.current.has(view.id)
    if (!isBrief) whole.current.add(view.id)
    const last = drawn.current.get(view)
    if (last?.isBrief === isBrief) return last.row
    const row = <ProductItem key={view.id} view={view} isBrief={isBrief} />
    drawn.current.set(view, { isBrief, row })
    return row
  }
}

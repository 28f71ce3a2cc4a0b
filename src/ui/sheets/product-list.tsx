import { useEffect, useMemo, useState } from 'preact/hooks'
import type { ProductView } from '../../state/product-view.ts'
import { type UiModel, useWidget } from '../context.ts'
import { useStore } from '../use-store.ts'
import { ProductItem } from './product-item.tsx'

/** From how many products on a search field stands above the list. */
const MANY = 8
/** Rows that are drawn at once; the others follow, as many in each frame: two hundred in one would be felt. */
const STRIDE = 8

/** All products of the show, found by words and grouped. */
export function ProductList() {
  const { state, t } = useWidget()
  const all = useStore(state.$products)
  const [wanted, setWanted] = useState('')
  const isWaiting = useStore(state.$status) === 'loading'
  const views = useFound(all, wanted)
  // The same rows are not drawn a second time.
  const rows = useMemo(
    () => views.map((view, place) => <Row key={view.id} view={view} before={views[place - 1]} />),
    [views],
  )
  const drawn = useGrowing(rows.length)
  if (!all.length && !isWaiting) return <p class="none">{t('products.none')}</p>
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
            {wanted.trim() && t('products.found', { count: views.length })}
          </span>
        </div>
      )}
      {all.length > 0 && !views.length && <p class="none">{t('products.found', { count: 0 })}</p>}
      <ul class="list scroll">
        {all.length
          ? rows.slice(0, drawn)
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

/** What fits the words typed, by title, group or the number said aloud; products of a group stand together, in the order of their first. */
function useFound(all: readonly ProductView[], wanted: string): readonly ProductView[] {
  const { say, locale } = useWidget()
  return useMemo(() => found(all, wanted.trim(), { say, locale }), [all, wanted])
}

function found(all: readonly ProductView[], wanted: string, { say, locale }: Pick<UiModel, 'say' | 'locale'>) {
  const words = wanted.toLocaleLowerCase(locale).split(/\s+/)
  const fits = ({ product }: ProductView) => {
    const text = `${say(product.title)} ${say(product.group)} ${product.code ?? ''}`.toLocaleLowerCase(locale)
    return words.every((word) => text.includes(word))
  }
  const called = all.filter(({ product }) => product.code === wanted)
  if (called.length) return called
  const groups = [...new Set(all.map(({ product }) => say(product.group)))]
  if (groups.length > 1 && groups.includes('')) groups.push(...groups.splice(groups.indexOf(''), 1))
  return groups.flatMap((group) => all.filter((view) => say(view.product.group) === group && fits(view)))
}

/** How many of `count` rows are drawn by now. */
function useGrowing(count: number): number {
  const [drawn, draw] = useState(STRIDE)
  useEffect(() => {
    if (drawn >= count) return
    const frame = requestAnimationFrame(() => draw(drawn + STRIDE))
    return () => cancelAnimationFrame(frame)
  }, [drawn, count])
  return drawn
}

/** A row, under the heading of its group where that begins. */
function Row({ view, before }: { view: ProductView; before: ProductView | undefined }) {
  const { say, t } = useWidget()
  const [group, former] = [say(view.product.group), before && say(before.product.group)]
  return (
    <>
      {group !== former && (group || former) ? <li class="item-group">{group || t('products.rest')}</li> : null}
      <ProductItem view={view} />
    </>
  )
}

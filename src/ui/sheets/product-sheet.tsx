import { useMemo, useRef, useState } from 'preact/hooks'
import type { CartResult } from '../../model/cart.ts'
import { formatMoney } from '../../model/money.ts'
import type { Variant } from '../../model/product.ts'
import type { ProductView } from '../../state/product-view.ts'
import { useWidget } from '../context.ts'
import { Button } from '../parts/button.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { Stepper } from '../parts/stepper.tsx'
import { useDraft } from '../use-draft.ts'
import { useStore } from '../use-store.ts'
import { AddResult } from './add-result.tsx'
import { AskedAbout } from './asked-about.tsx'
import { Facts } from './facts.tsx'
import { Gallery } from './gallery.tsx'
import { OptionGroups } from './option-groups.tsx'
import { ProductOffers } from './product-offer.tsx'
import { RequestForm } from './request-form.tsx'
import { SeeShown } from './see-shown.tsx'
import { type Choice, choose, firstChoice, type Matrix, matrixOf, variantOf, variantsFor } from './variant-matrix.ts'

/** One product: what it is, what it costs in the store, its choices, and the one thing to do with it. */
export function ProductSheet({ id }: { id: string }) {
  const { state, commands, t } = useWidget()
  const view = useStore(state.$products).find((one) => one.id === id)
  if (view) return <Product view={view} />
  return (
    <Sheet name="product" label={t('sheet.gone')}>
      <div class="none">
        <b>{t('sheet.gone')}</b>
        <Button kind="quiet" onClick={() => commands.showSheet({ name: 'products' })}>
          {t('cart.look')}
        </Button>
      </div>
    </Sheet>
  )
}

function Product({ view }: { view: ProductView }) {
  const { say, t } = useWidget()
  const { product } = view
  const body = useRef<HTMLDivElement>(null)
  const matrix = useMemo(() => matrixOf(product), [product])
  // Once: what sells out meanwhile must not make another colour the chosen one.
  const [first] = useState(() => firstChoice(matrix))
  const [choice, setChoice] = useDraft<Choice>(`product/${view.id}`, first)
  const [isAsked, setAsked] = useState(false)
  const variant = variantOf(matrix, choice)
  const image = variant?.image ?? commonImage(matrix, choice)
  const askForChoice = () => {
    setAsked(true)
    const open = matrix.axes.find(({ id }) => choice[id] === undefined)
    body.current?.querySelector<HTMLElement>(`[data-axis="${CSS.escape(open?.id ?? '')}"] input`)?.focus()
  }
  const isRequest = product.action === 'request'
  return (
    <Sheet
      name="product"
      label={say(product.title)}
      head={
        <>
          <h2 class="grow">{say(product.title)}</h2>
          {product.code && <small class="num">{t('sheet.code', { code: product.code })}</small>}
        </>
      }
      foot={isRequest ? undefined : <Buy view={view} matrix={matrix} variant={variant} onOpenChoice={askForChoice} />}
    >
      <div class="product" ref={body}>
        <div class="product-top">
          <Gallery product={product} image={image} />
          <Facts view={view} variant={variant} />
        </div>
        <OptionGroups
          matrix={matrix}
          choice={choice}
          isAsked={isAsked}
          onChoose={(axis, value) => setChoice(choose(matrix, choice, axis, value))}
        />
        <ProductOffers view={view} />
        {isRequest && <RequestForm view={view} matrix={matrix} choice={choice} />}
        <SeeShown view={view} />
        <AskedAbout productId={view.id} />
      </div>
    </Sheet>
  )
}

/** What is bought and how many, under what the store said to the last try. */
function Buy(given: { view: ProductView; matrix: Matrix; variant: Variant | undefined; onOpenChoice(): void }) {
  const { view, matrix, variant, onOpenChoice } = given
  const { state, commands, t, locale } = useWidget()
  const busy = useStore(state.$cartBusy)
  const [wanted, setWanted] = useState(1)
  const [result, setResult] = useState<{ of: string | undefined; value: CartResult } | null>(null)
  const { id, product } = view
  if (product.action === 'link')
    return (
      <Button wide onClick={() => commands.visit(id)}>
        {t('product.visit')}
      </Button>
    )
  const isOpen = matrix.axes.length > 0 && !variant
  const isGone = !view.available || variant?.available === false || variant?.stock === 0
  const most = variant?.stock ?? (matrix.axes.length ? undefined : product.stock)
  const quantity = Math.min(wanted, most || 1e3)
  const price = variant?.price ?? product.price
  const isBusy = busy.includes(variant && matrix.variants.length ? `${id}/${variant.id}` : id) || busy.includes(id)
  const add = async () => {
    setResult(null)
    setResult({ of: variant?.id, value: await commands.add(id, variant?.id, quantity) })
  }
  const sum = price && view.pricing === 'known' && { ...price, amount: price.amount * quantity }
  const words = isGone
    ? t('product.soldout')
    : isOpen
      ? t('sheet.choose')
      : sum
        ? t('sheet.add.price', { price: formatMoney(sum, locale) })
        : t('sheet.add')
  return (
    <>
      {result && result.of === variant?.id && <AddResult result={result.value} />}
      <div class="buy">
        {!isGone && !isOpen && (
          <Stepper label={t('sheet.quantity')} value={quantity} max={most} busy={isBusy} onChange={setWanted} />
        )}
        <Button wide off={isGone} busy={isBusy} onClick={isOpen ? onOpenChoice : add}>
          {words}
        </Button>
      </div>
    </>
  )
}

/** The picture that all variants left by a choice share: a colour is seen before the size is chosen. */
function commonImage(matrix: Matrix, choice: Choice): string | undefined {
  const [first, ...others] = variantsFor(matrix, choice)
  return others.every(({ image }) => image === first?.image) ? first?.image : undefined
}

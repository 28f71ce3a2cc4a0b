import type { VNode } from 'preact'
import { type SoFar, soFar } from '../../../state/so-far.ts'
import { clockTime } from '../../clock-time.ts'
import { useWidget } from '../../context.ts'
import { Button } from '../../parts/button.tsx'
import { Price } from '../../parts/price.tsx'
import { ProductThumb } from '../../parts/product-thumb.tsx'
import { Sheet } from '../../parts/sheet.tsx'
import { usePart, useStore } from '../../use-store.ts'
import { badgeOf } from '../offer-words.ts'
import { Answered } from './answered.tsx'
import { SeeMoment } from './see-moment.tsx'

/** Catches a late viewer up: what was shown, what can still be had, what was answered; each a press away from its moment, and live again by one. */
export function SoFarSheet() {
  const model = useWidget()
  const { state, commands, say, t } = model
  usePart(state.$room, ({ questions }) => questions)
  const { products, offers, answers } = soFar(state.$room.get(), {
    products: useStore(state.$products),
    offers: useStore(state.$offers),
    answers: useStore(state.$answers),
  })
  const { live, atLiveEdge } = useStore(state.$playback)
  const goLive = () => {
    commands.goLive()
    commands.showSheet(null)
  }
  return (
    <Sheet
      name="so-far"
      label={t('recap.title')}
      head={<h2 class="grow">{t('recap.title')}</h2>}
      foot={
        live && !atLiveEdge ? (
          <Button wide onClick={goLive}>
            {t('stage.live.go')}
          </Button>
        ) : undefined
      }
    >
      <Section title={t('recap.offers')}>
        {offers.map((offer) => (
          <li key={offer.id}>
            <bdi class="off num">{badgeOf(offer, model)}</bdi>
            <span class="grow">{say(offer.terms.title)}</span>
            <time class="num">{clockTime(offer.seconds)}</time>
          </li>
        ))}
      </Section>
      <Section title={t('products.open')}>
        {products.map((view) => (
          <Shown key={view.id} view={view} />
        ))}
      </Section>
      <Section title={t('ask.answered')}>
        {answers.map((view) => (
          <Answered key={view.id} view={view} />
        ))}
      </Section>
      {!products.length && !offers.length && !answers.length && <p class="none">{t('recap.none')}</p>}
    </Sheet>
  )
}

/** A list under its title; nothing where it has nothing. */
function Section({ title, children }: { title: string; children: VNode[] }) {
  return children.length ? (
    <>
      <h3 class="recap-title">{title}</h3>
      <ul class="asked">{children}</ul>
    </>
  ) : null
}

function Shown({ view }: { view: SoFar['products'][number] }) {
  const { commands, say } = useWidget()
  const title = say(view.product.title)
  return (
    <li>
      <ProductThumb product={view.product} size={48} />
      <div class="grow">
        <button type="button" class="recap-open" onClick={() => commands.showSheet({ name: 'product', id: view.id })}>
          {title}
        </button>
        <Price {...view} />
      </div>
      <SeeMoment at={view.shownAt} label={title} isShort />
    </li>
  )
}

import { useWidget } from './context.ts'
import { Lazy } from './lazy.tsx'
import { BagButtons } from './live/bag-buttons.tsx'
import { OfferBar } from './live/offer-bar.tsx'
import { PinnedCards } from './live/pinned-card.tsx'
import { Hints } from './stage/hints.tsx'
import { PictureState } from './stage/picture-state.tsx'
import { TopBar } from './stage/top-bar.tsx'
import type { Layout } from './use-layout.ts'
import { useStore } from './use-store.ts'

const loadSheets = () => import('./sheets/index.tsx')
const loadTalk = () => import('./live/talk/index.tsx')
const loadReplay = () => import('./replay/index.tsx')
const loadStates = () => import('./states/index.tsx')
const loadNotice = () => import('./live/notice.tsx')

/** The full view: everything is a child of one grid, composed by `data-layout` in the styles. */
export function Full({ layout }: { layout: Layout }) {
  const { state } = useWidget()
  const sheet = useStore(state.$sheet)
  const notice = useStore(state.$notice)
  const isReplay = useStore(state.$status) === 'replay'
  const isDesk = layout === 'desk'
  const hasTalk = useStore(state.$can).chat || useStore(state.$chat).length > 0
  if (useStore(state.$error))
    return (
      <>
        <TopBar />
        <Lazy load={loadStates}>{({ ErrorPanel }) => <ErrorPanel />}</Lazy>
      </>
    )
  return (
    <>
      <div class="scrim" />
      <TopBar />
      <div class="through" inert={sheet !== null && !isDesk}>
        <OfferBar />
        <Hints />
        <PictureState />
        {notice && <Lazy load={loadNotice}>{({ Notice }) => <Notice notice={notice} />}</Lazy>}
        {!notice && <PinnedCards />}
        {(hasTalk || isDesk) && (
          <Lazy load={loadTalk} wait={<aside class="talk panel" />}>
            {({ Talk }) => <Talk layout={layout} />}
          </Lazy>
        )}
        {isReplay && <Lazy load={loadReplay}>{({ ReplayBar }) => <ReplayBar />}</Lazy>}
        {!isDesk && <BagButtons />}
      </div>
      {isDesk && (
        <aside class="shop panel">
          <Lazy load={loadSheets}>
            {({ ProductRail, CartFoot }) => (
              <>
                <ProductRail />
                <CartFoot />
              </>
            )}
          </Lazy>
        </aside>
      )}
      {sheet && <Lazy load={loadSheets}>{({ Sheets }) => <Sheets />}</Lazy>}
    </>
  )
}

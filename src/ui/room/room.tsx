import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Room as RoomValue } from '../../state/room.ts'
import { useWidget } from '../context.ts'
import { bring, Lazy } from '../lazy.tsx'
import { BagButtons } from '../live/bag-buttons.tsx'
import { OfferBar } from '../live/offer-bar.tsx'
import { PinnedCards } from '../live/pinned-card.tsx'
import { useKeptFocus } from '../parts/use-kept-focus.ts'
import type { Layout } from '../shell/watch-layout.ts'
import { Hints } from '../stage/hints.tsx'
import { PictureState } from '../stage/picture-state.tsx'
import { useRaisedCaptions } from '../stage/use-raised-captions.ts'
import { useOpener } from '../use-opener.ts'
import { usePart, useStore } from '../use-store.ts'
import { useKeyboard } from './use-keyboard.ts'

const loadMini = () => import('../mini/index.tsx')
const loadStates = () => import('../states/index.tsx')
const loadSheets = () => import('../sheets/index.tsx')
const loadTalk = () => import('../live/talk/index.tsx')
const loadReplay = () => import('../replay/index.tsx')
const loadNotice = () => import('../live/notice.tsx')
const loadNow = () => import('../live/now/index.tsx')
const loadTogether = () => import('../live/together/index.tsx')

/** All of the full view but its picture and top bar: children of the player's one grid, composed by `data-layout` in the styles. */
export function Room({ layout }: { layout: Layout }) {
  const model = useWidget()
  const { state } = model
  const notice = useStore(state.$notice)
  const isDesk = layout === 'desk'
  const { chat } = useStore(state.$can)
  const hasTalk = usePart(state.$chat, (lines) => lines.length > 0) || chat
  const scrim = useRef<HTMLDivElement>(null)
  useKeptFocus(scrim, 'dialog')
  useKeyboard(scrim)
  useRaisedCaptions(layout)
  const now = usePart(state.$room, hasNow) && (
    <Lazy load={loadNow}>{({ NowSlot }) => <NowSlot isAway={!isDesk && notice !== null} />}</Lazy>
  )
  // So that the first sheet is there at the touch, styles and all, and, without a network, what it takes to say so and to go small.
  useEffect(() => void Promise.allSettled([bring(loadSheets, model), loadStates(), loadMini()]), [])
  return (
    <>
      <div class="scrim" ref={scrim} />
      <Through isDesk={isDesk}>
        <OfferBar />
        <Hints />
        <PictureState />
        <Lazy key="together" load={loadTogether}>
          {({ Together }) => <Together layout={layout} />}
        </Lazy>
        <div class="dock">
          {!isDesk && now}
          {notice ? (
            <Lazy key="notice" load={loadNotice}>
              {({ Notice }) => <Notice notice={notice} />}
            </Lazy>
          ) : (
            <PinnedCards />
          )}
        </div>
        {(hasTalk || isDesk) && (
          <Lazy key="talk" load={loadTalk} wait={<aside class="talk panel" />}>
            {({ Talk }) => <Talk layout={layout} top={isDesk && now} />}
          </Lazy>
        )}
        <Line />
        {!isDesk && <BagButtons />}
      </Through>
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
      <Over />
    </>
  )
}

/** What a sheet lies over: inert under it, save at a desk. A sheet that opens draws none of it anew, being a component of its own. */
function Through({ isDesk, children }: { isDesk: boolean; children: ComponentChildren }) {
  const isCovered = usePart(useWidget().state.$sheet, (sheet) => sheet !== null)
  useOpener(isCovered)
  return (
    <div class="through" inert={isCovered && !isDesk}>
      {children}
    </div>
  )
}

/** The sheet. */
function Over() {
  return usePart(useWidget().state.$sheet, (sheet) => sheet !== null) ? (
    <Lazy load={loadSheets}>{({ Sheets }) => <Sheets />}</Lazy>
  ) : null
}

/** Whether anything ever went on that the now card tells of. */
const hasNow = ({ polls, raffles, cards, questions, products }: RoomValue): boolean =>
  [polls, raffles, cards, questions, products].some((shelf) => Object.keys(shelf).length > 0)

/** The way through a recording; of a live show only for who is behind. */
function Line() {
  const { state } = useWidget()
  const { live, atLiveEdge } = useStore(state.$playback)
  const isReplay = useStore(state.$status) === 'replay'
  return isReplay || (live && !atLiveEdge) ? <Lazy load={loadReplay}>{({ ReplayBar }) => <ReplayBar />}</Lazy> : null
}

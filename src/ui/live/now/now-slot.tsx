import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { State } from '../../../state/create-state.ts'
import type { Room } from '../../../state/room.ts'
import { clockTime } from '../../clock-time.ts'
import { useWidget } from '../../context.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { CLOSE, Icon } from '../../parts/icon.tsx'
import { usePart, useStore } from '../../use-store.ts'
import { cardHappenings } from './card-happenings.ts'
import { dismiss, type Happening, type Now } from './happening.ts'
import { pollHappenings } from './poll-happenings.ts'
import { questionHappenings } from './question-happenings.ts'
import { raffleHappenings } from './raffle-happenings.ts'
import { soFarHappenings } from './so-far-happenings.ts'
import { useOwnEntry } from './use-own-entry.ts'

/** Where happenings come from; a new kind of them is one function more. */
const SOURCES: readonly ((now: Now) => Happening[])[] = [
  pollHappenings,
  raffleHappenings,
  cardHappenings,
  questionHappenings,
  soFarHappenings,
]

/** Seconds before an end at which the time left is spoken. */
const SPOKEN = [30, 10]

/**
 * What goes on in the show now: the most important thing in a card with one button, the others behind its "+2".
 * `isAway`: something else stands in its place; it draws nothing then, and goes on where it was.
 */
export function NowSlot({ isAway = false }: { isAway?: boolean }) {
  const list = useHappenings()
  const { t } = useWidget()
  // What becomes the most important later goes before what was chosen.
  const [chosen, choose] = useState<{ readonly key: string | undefined; readonly top: string | undefined }>()
  const top = list[0]?.key
  const wanted = chosen?.top === top ? list.findIndex(({ key }) => key === chosen?.key) : 0
  const place = Math.max(0, wanted)
  const told = useRef(new Set<string>())
  useOwnEntry()
  const shown = list[place]
  if (!shown) return null
  const others = list.filter((one) => one !== shown)
  return (
    <NowCard happening={shown} told={told.current} isAway={isAway}>
      {others.length > 0 && (
        <button
          type="button"
          class="more num"
          aria-label={t('now.more', { count: others.length, names: others.map(({ kind }) => kind).join(', ') })}
          onClick={() => choose({ key: list[(place + 1) % list.length]?.key, top })}
        >
          +{others.length}
        </button>
      )}
    </NowCard>
  )
}

/** All that goes on now, the most important first; without what the viewer put away. */
export function useHappenings(): Happening[] {
  const model = useWidget()
  const { state } = model
  const [now, picture] = [useStore(state.$now), useStore(state.$picture)]
  const room = useRoom(state)
  const mine = useStore(state.$mine)
  const isReplay = useStore(state.$status) === 'replay'
  useStore(state.$can)
  return SOURCES.flatMap((source) => source({ model, room, mine, isReplay, moment: { now, picture } }))
    .filter(({ key }) => !mine.dismissed?.includes(key))
    .sort((a, b) => a.rank - b.rank || b.at - a.at)
}

/** The room, drawn anew when something other than the chat has changed. */
function useRoom({ $room }: State): Room {
  usePart($room, ({ polls }) => polls)
  usePart($room, ({ raffles }) => raffles)
  usePart($room, ({ cards }) => cards)
  usePart($room, ({ questions }) => questions)
  usePart($room, ({ products }) => products)
  return $room.get()
}

interface NowCardProps {
  readonly happening: Happening
  /** What was said, while nothing went on too. */
  readonly told: Set<string>
  readonly isAway: boolean
  readonly children: ComponentChildren
}

function NowCard({ happening, told, isAway, children }: NowCardProps) {
  const model = useWidget()
  const { t } = model
  const { key, kind, title, text, icon, image, seconds, words, act, href, isGood, canDismiss } = happening
  useNews(happening, told, isAway)
  useLayoutEffect(() => {
    if (!isAway) happening.seen?.()
  }, [key, isAway])
  if (isAway) return null
  return (
    <section class="now card" part="now" data-good={isGood || undefined} data-kind={key.split('/')[0]}>
      {image ? <img class="now-image" src={image} alt="" /> : icon && <Icon d={icon} />}
      <div class="grow">
        <small class="cut num">
          <b>{kind}</b>
          {seconds !== undefined && <time> · {clockTime(seconds)}</time>}
          {text && ` · ${text}`}
        </small>
        <b class="title" title={title}>
          {title}
        </b>
      </div>
      {href ? (
        <a class="button" part="button" data-kind="quiet" href={href} target="_blank" rel="noopener">
          {words}
        </a>
      ) : (
        <Button kind="quiet" label={`${words}: ${title}`} onClick={() => act?.()}>
          {words}
        </Button>
      )}
      {children}
      {canDismiss && (
        <IconButton class="plain" label={t('notice.dismiss')} d={CLOSE} onClick={() => dismiss(model, key)} />
      )}
    </section>
  )
}

/** Says each thing that is new, once however often the picture goes over it, and the time left at {@link SPOKEN}. */
function useNews({ key, kind, title, seconds, isGood }: Happening, told: Set<string>, isAway: boolean): void {
  const { speak, t } = useWidget()
  const step = SPOKEN.findLast((moment) => seconds !== undefined && seconds <= moment)
  const news = `${key} ${kind} ${title}`
  useEffect(() => {
    if (isAway) return
    const mark = `${news} ${step}`
    if (!told.has(news)) speak(`${kind}: ${title}`, isGood)
    else if (seconds && !told.has(mark)) speak(`${title}: ${t('time.seconds', { count: seconds })}`)
    told.add(news).add(mark)
  }, [news, step, isAway])
}

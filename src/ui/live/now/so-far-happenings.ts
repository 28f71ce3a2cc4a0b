import type { Happening, Now } from './happening.ts'

const BACK = 'M4 12a8 8 0 1 0 2.6-5.9L4 8.5M4 4v4.5h4.5M12 8v4.5l3 1.8'
/** ms into a show from which on who comes has missed something. */
const LATE = 60_000

/** For who came late to a live show: what was shown so far. */
export function soFarHappenings({ room, mine, model, isReplay }: Now): Happening[] {
  const { commands, state, t } = model
  const { joinedAt = -Infinity } = mine
  const shown = Object.values(room.products).flatMap(({ pin }) => (pin && pin.at < joinedAt ? [pin.at] : []))
  const began = Date.parse(state.$show.get()?.startsAt ?? '') || Math.min(...shown)
  if (isReplay || !(joinedAt - began > LATE) || shown.length < 2) return []
  return [
    {
      key: `so-far/${joinedAt}`,
      rank: 90,
      at: joinedAt,
      kind: t('recap.open'),
      title: t('recap.text', { count: shown.length }),
      icon: BACK,
      words: t('recap.words'),
      act: () => commands.showSheet({ name: 'so-far' }),
      canDismiss: true,
    },
  ]
}

import { cardViews } from '../../../state/card-view.ts'
import type { Happening, Now } from './happening.ts'

const LINK = 'M9 15l6-6M8 8h-1a5 5 0 0 0 0 10h3M16 8h1a5 5 0 0 1 0 10h-3'

/** Calls to action that are no products. One whose address is not safe is left out. */
export function cardHappenings({ room, model }: Now): Happening[] {
  const { say, url, t } = model
  return cardViews(room).flatMap(({ card, at }): Happening[] => {
    const href = url(card.url)
    if (!href) return []
    return [
      {
        key: `card/${card.id}`,
        rank: 60,
        at,
        kind: say(card.text) || t('now.card'),
        title: say(card.title),
        icon: LINK,
        image: url(card.image),
        words: say(card.label),
        href,
        canDismiss: true,
      },
    ]
  })
}

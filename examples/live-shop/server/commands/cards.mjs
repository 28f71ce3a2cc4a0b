import { randomBytes } from 'node:crypto'
import { addressOf, localText } from './read.mjs'
import { refuse } from './refuse.mjs'

/** What the host does with calls to action that are no products. */
export const cardCommands = {
  'show-card': ({ publish }, { title, text, label, url }) => {
    const words = localText(text, 40)
    return publish('card.show', {
      id: `k-${randomBytes(6).toString('base64url')}`,
      title: localText(title, 80) ?? refuse('Give the card a title'),
      ...(words ? { text: words } : {}),
      label: localText(label, 24) ?? refuse('Say what the button says'),
      url: addressOf(url, 'The address'),
    })
  },

  'hide-card': ({ show, publish }, { id }) => {
    if (!show.facts.cards.has(id)) refuse('This card is gone already')
    return publish('card.hide', { id })
  },
}

import { placeOfCall } from '../../../state/chat-rows.ts'
import { useWidget } from '../../context.ts'

/** An address in a text, without the sign that ends the sentence. */
const ADDRESS = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/g

/** What {@link ChatWords} takes. */
export interface ChatWordsProps {
  readonly text: string
  /** Of the host or the team: addresses are links. Anyone else's stay words. */
  readonly isTeam: boolean
  /** The viewer's name; empty: none. */
  readonly me: string
}

/** A message's words; links where they may be, and the viewer's own name where they are called. */
export function ChatWords({ text, isTeam, me }: ChatWordsProps) {
  if (isTeam && text.includes('://')) return <bdi>{text.split(ADDRESS).map(linked)}</bdi>
  const place = placeOfCall(text, me)
  if (place < 0) return <bdi>{text}</bdi>
  const end = place + me.length + 1
  return (
    <bdi>
      {text.slice(0, place)}
      <mark>{text.slice(place, end)}</mark>
      {text.slice(end)}
    </bdi>
  )
}

const linked = (part: string, index: number) => (index % 2 ? <Link key={index} address={part} /> : part)

function Link({ address }: { address: string }) {
  const { url } = useWidget()
  const href = url(address)
  if (!href) return <>{address}</>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
      {address.replace(/^https?:\/\//, '')}
    </a>
  )
}

import type { LiveEvent } from '../model/event.ts'
import { CHAT_LIMIT, type Room } from './empty-room.ts'
import { compareEvents, foldEvent, foldInto } from './room.ts'

/** Messages from which it pays to put them into the chat together. */
const MANY = 4

/** The room after many events, checked: the same as {@link foldEvent} for one after the other, with chat and shelves made once and not for each event. */
export function foldAll(room: Room, events: readonly LiveEvent[]): Room {
  if (events.length <= MANY) return events.reduce(foldEvent, room)
  const messages: LiveEvent<'chat.message'>[] = []
  const fresh = new Set<unknown>()
  let next = room
  for (const event of events) {
    const { epoch } = event
    if (event.type !== 'chat.message') next = foldInto(next, event, fresh)
    else if (epoch === undefined || next.epoch === null || next.epoch === epoch) {
      if (epoch !== undefined && next.epoch === null) next = { ...next, epoch }
      messages.push(event)
    }
  }
  return messages.length > MANY ? addMessages(next, messages) : messages.reduce(foldEvent, next)
}

type Message = LiveEvent<'chat.message'>

/** Of twins the newer stays, a host's and a viewer's of the same id both do; then the newest of all. */
function addMessages(room: Room, messages: readonly Message[]): Room {
  const twins = { hosts: new Map<string, Message>(), viewers: new Map<string, Message>() }
  const twinsOf = ({ seq }: Message) => (seq === undefined ? twins.viewers : twins.hosts)
  for (const message of messages) {
    const kept = twinsOf(message).get(message.id)
    if (!kept || compareEvents(message, kept) > 0) twinsOf(message).set(message.id, message)
  }
  const old = room.chat.filter((message) => {
    const twin = twinsOf(message).get(message.id)
    if (!twin || compareEvents(twin, message) > 0) return !twin
    return twinsOf(message).delete(message.id)
  })
  const news = [...twins.hosts.values(), ...twins.viewers.values()].sort(compareEvents)
  const [first] = news
  const last = old.at(-1)
  if (!first) return room
  const all = old.concat(news)
  const chat = (last && compareEvents(first, last) < 0 ? all.sort(compareEvents) : all).slice(-CHAT_LIMIT)
  const isSame = chat.length === room.chat.length && chat.every((message, place) => message === room.chat[place])
  return isSame ? room : { ...room, chat }
}

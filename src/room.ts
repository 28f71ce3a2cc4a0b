export type { Snapshot } from './model/adapter.ts'
export type { EventData, EventType, LiveEvent } from './model/event.ts'
export { type OfferPrice, type OfferRecord, offerLog, type PricePoint } from './state/offer-log.ts'
export {
  type CompactOptions,
  compact,
  emptyRoom,
  fold,
  type OfferFacts,
  type PollFacts,
  type ProductFacts,
  type RaffleFacts,
  type Room,
} from './state/room.ts'

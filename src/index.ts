export type { ActionRefusal, ActionResult, ActionType, ViewerAction } from './model/action.ts'
export type {
  AdapterContext,
  CloseCode,
  EventAdapter,
  EventSink,
  HistoryPage,
  MetadataCues,
  Since,
  Snapshot,
} from './model/adapter.ts'
export type { Cart, CartBridge, CartContext, CartItem, CartLine, CartRefusal, CartResult } from './model/cart.ts'
export type { Consent, ConsentSource } from './model/consent.ts'
export { CastcartError, type ErrorCode } from './model/error.ts'
export type {
  ChatMessage,
  EventData,
  EventType,
  LiveEvent,
  OfferCloseReason,
  OfferKind,
  OfferTerms,
  Poll,
  Raffle,
  Role,
} from './model/event.ts'
export type { LocalText } from './model/local-text.ts'
export type { Money } from './model/money.ts'
export type { Options, Position } from './model/options.ts'
export type {
  ProductAction,
  ProductInput,
  ProductOption,
  ProductOptionValue,
  ProductRef,
  Variant,
} from './model/product.ts'
export type { Captions, EventSource, Show, ShowStatus, VideoSource } from './model/show.ts'
export type { EventMoment, PublicEventName, PublicEvents, TrackedProduct, TrackSink } from './model/track.ts'
export type { PageApi } from './page-api.ts'
export type { PageQueue, TagWidget } from './script.ts'
export { createWidget, type Widget } from './widget/create-widget.ts'

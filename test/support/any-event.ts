import fc from 'fast-check'
import type { EventData, EventType } from '../../src/model/event.ts'

const id = () => fc.constantFrom('a', 'b', 'c', 'mug')
const at = () => fc.nat({ max: 100_000 })
const count = () => fc.nat({ max: 50 })
const role = () => fc.constantFrom('host' as const, 'moderator' as const, 'viewer' as const)
const author = () => fc.record({ id: id(), name: fc.string({ maxLength: 8 }), role: role() })
const votes = () => fc.dictionary(id(), count(), { maxKeys: 3 })
const terms = () =>
  fc.record({
    id: id(),
    kind: fc.constantFrom('percent' as const, 'gift' as const),
    title: fc.string({ maxLength: 8 }),
    productIds: fc.array(id(), { maxLength: 2 }),
    opensAt: at(),
    closesAt: at().map((time) => time + 100_001),
    how: fc.constant('note' as const),
  })

const DATA: { [K in EventType]: () => fc.Arbitrary<EventData[K]> } = {
  'show.state': () => fc.record({ status: fc.constantFrom('live', 'paused', 'ended') }),
  'product.pin': () => fc.record({ ids: fc.array(id(), { maxLength: 2 }) }),
  'product.upsert': () => fc.record({ id: id(), title: fc.string({ maxLength: 8 }) }),
  'product.stock': () => fc.record({ id: id(), stock: count() }),
  'offer.announce': terms,
  'offer.open': terms,
  'offer.update': () => fc.record({ id: id(), remaining: count() }),
  'offer.close': () => fc.record({ id: id(), reason: fc.constantFrom('time', 'sold-out', 'host') }),
  'poll.open': () =>
    fc.record({
      id: id(),
      question: fc.string({ maxLength: 8 }),
      options: fc.array(fc.record({ id: id(), label: fc.string({ maxLength: 4 }) }), { maxLength: 2 }),
    }),
  'poll.update': () => fc.record({ id: id(), votes: votes() }),
  'poll.close': () => fc.record({ id: id(), votes: votes() }),
  'raffle.open': () =>
    fc.record({
      id: id(),
      title: fc.string({ maxLength: 4 }),
      organiser: fc.constant('Shop'),
      rulesUrl: fc.constant('/rules'),
      prizes: count(),
      closesAt: at(),
      seedHash: fc.string(),
    }),
  'raffle.update': () => fc.record({ id: id(), entries: count() }),
  'raffle.close': () => fc.record({ id: id() }),
  'raffle.draw': () =>
    fc.record({
      id: id(),
      seed: fc.string(),
      entries: fc.array(id(), { maxLength: 2 }),
      winners: fc.array(id(), { maxLength: 2 }),
    }),
  'question.post': () => fc.record({ id: id(), text: fc.string({ maxLength: 8 }), votes: count() }),
  'question.answer': () => fc.record({ id: id(), question: fc.string({ maxLength: 8 }) }),
  'question.hide': () => fc.record({ id: id() }),
  'card.show': () =>
    fc.record({
      id: id(),
      title: fc.string({ maxLength: 8 }),
      url: fc.constant('/letter'),
      label: fc.string({ maxLength: 4 }),
    }),
  'card.hide': () => fc.record({ id: id() }),
  notice: () => fc.record({ text: fc.string({ maxLength: 8 }) }),
  'chat.message': () => fc.record({ author: author(), text: fc.string({ maxLength: 8 }) }),
  'chat.delete': () => fc.record({ ids: fc.array(fc.constantFrom('v1', 'v2', 's3', 'v7'), { maxLength: 3 }) }),
  'chat.pin': () =>
    fc.record(
      { message: fc.record({ id: id(), author: author(), text: fc.string({ maxLength: 8 }) }) },
      { requiredKeys: [] },
    ),
  'chat.mode': () => fc.record({ mode: fc.constantFrom('open', 'closed') }),
  'audience.count': () => fc.record({ count: count() }),
  'reaction.batch': () => fc.record({ total: count() }),
  'order.proof': () => fc.record({ productId: id() }),
  clock: () => fc.constant({}),
}

const body = (types: readonly EventType[]) =>
  fc.constantFrom(...types).chain((type) => DATA[type]().map((data) => ({ type, data })))
const VIEWERS: readonly EventType[] = ['chat.message', 'reaction.batch', 'audience.count']

/** One event as its wire form: a host's with a place in the log `e`, or a viewer's. Ids may collide. */
export const anyEvent = (): fc.Arbitrary<Record<string, unknown>> =>
  fc.oneof(
    fc
      .tuple(fc.integer({ min: 1, max: 60 }), at(), body(Object.keys(DATA) as EventType[]))
      .map(([seq, when, rest]) => ({
        v: 1,
        epoch: 'e',
        seq,
        id: `s${seq}`,
        at: when,
        ...rest,
      })),
    fc
      .tuple(fc.nat({ max: 30 }), at(), body(VIEWERS))
      .map(([n, when, rest]) => ({ v: 1, id: `v${n}`, at: when, ...rest })),
  )

/** A log as it may arrive: duplicates, collisions, any order. */
export const anyLog = () => fc.array(anyEvent(), { minLength: 1, maxLength: 80 })

/** What is no event: any JSON value, hostile keys, a host's event without a place, another log's. */
export const anyGarbage = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.jsonValue(),
    fc.anything(),
    fc.constant(
      JSON.parse(
        '{"v":1,"epoch":"e","seq":1,"id":"x","at":1,"type":"offer.close","data":{"id":"__proto__","reason":"host"}}',
      ),
    ),
    body(['product.pin', 'offer.open', 'chat.delete', 'show.state']).map((rest) => ({
      v: 1,
      id: 'forged',
      at: 1,
      ...rest,
    })),
    fc.constant({ v: 1, epoch: 'e', seq: 99, id: 'u', at: 1, type: 'from.the.future', data: {} }),
    fc.constant({ v: 1, epoch: 'e', seq: 1.5, id: 'u', at: Number.NaN, type: 'notice', data: { text: 'x' } }),
  )

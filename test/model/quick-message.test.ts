import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseBySchema, parseEvent } from '../../src/model/event.ts'
import { quickMessage } from '../../src/model/quick-message.ts'
import { anyEvent, anyGarbage } from '../support/any-event.ts'

const plain = {
  ...{ v: 1, id: 'c1', at: 1_795_197_600_000, type: 'chat.message' },
  data: { author: { id: 'v1', name: 'Anna', role: 'viewer' }, text: 'Does it survive the dishwasher?' },
}

/** A message with one of its fields, at any depth, made into something else, renamed or doubled. */
const bent = () =>
  fc
    .tuple(
      fc.constantFrom(
        'v',
        'id',
        'at',
        'type',
        'data',
        'data.author',
        'data.text',
        'data.author.id',
        'data.author.role',
        'seq',
        'data.replyTo',
        'data.author.more',
      ),
      fc.oneof(
        fc.jsonValue(),
        fc.constantFrom<unknown>(
          undefined,
          '',
          '__proto__',
          'toString',
          'x'.repeat(201),
          'x'.repeat(4001),
          1.5,
          -1,
          1e300,
          Number.NaN,
          'host',
          'admin',
        ),
      ),
    )
    .map(([path, value]) => {
      const copy = structuredClone(plain)
      const keys = path.split('.')
      const last = keys.pop() ?? ''
      const place = keys.reduce<object>((at, key) => Reflect.get(at, key), copy)
      Reflect.set(place, last, value)
      return copy
    })

describe('quickMessage', () => {
  it('says what the schemas say, of whole events and of broken ones', () => {
    fc.assert(
      fc.property(fc.oneof(anyEvent(), anyGarbage(), bent()), (event) => {
        expect(parseEvent(event)).toStrictEqual(parseBySchema(event))
      }),
      { numRuns: 4000 },
    )
  })

  it('knows a plain message, and leaves everything else to the schemas', () => {
    expect(quickMessage(plain)).toEqual(plain)
    expect(quickMessage({ ...plain, epoch: 'e', seq: 1 })).toBeUndefined()
    expect(quickMessage(Object.create(plain))).toBeUndefined()
    expect(quickMessage({ ...plain, type: 'notice' })).toBeUndefined()
  })

  it('believes no role, and takes nothing along that it was not asked for', () => {
    const forged = JSON.parse(
      '{"v":1,"id":"c","at":1,"type":"chat.message","data":{"author":{"id":"v","name":"V","role":"host"},"text":"hi"}}',
    )
    expect(quickMessage(forged)?.data.author.role).toBe('viewer')
    expect(quickMessage({ ...plain, data: { ...plain.data, price: 1 } })).toBeUndefined()
  })
})

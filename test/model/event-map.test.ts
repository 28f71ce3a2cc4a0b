import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prepareTemplate } from '../../src/model/event-map.ts'

const give = (template: unknown, message: unknown) => prepareTemplate(template)(message)

describe('prepareTemplate', () => {
  const message = { a: { b: [{ c: 'deep' }, 5] }, text: 'hi', no: null, yes: true }

  it.each([
    ['$', message],
    ['$.a.b.0.c', 'deep'],
    ['$.a.b.1', 5],
    ['$.a.b.length', 2],
    ['$.missing.further', undefined],
    ['$.no', undefined],
    ['plain', 'plain'],
    ['$$.price', '$.price'],
    ['{$.text} there, {$.a.b.1}{$.missing}!', 'hi there, 5!'],
    ['{ text }', '{ text }'],
    [7, 7],
    [null, null],
    [['$.text', '$.missing'], ['hi']],
    [
      { x: '$.text', y: '$.missing', z: { w: true } },
      { x: 'hi', z: { w: true } },
    ],
    [{ $text: '$.a.b.1' }, '5'],
    [{ $text: '$.a' }, undefined],
    [{ $number: '12.5' }, 12.5],
    [{ $number: 'twelve' }, undefined],
    [{ $number: '' }, undefined],
    [{ $time: '1970-01-01T00:00:02Z' }, 2000],
    [{ $time: 'soon' }, undefined],
    [{ $time: 1500.4 }, 1500],
    [{ $seconds: '1.5' }, 1500],
    [{ $json: '{"a":1}' }, { a: 1 }],
    [{ $json: '{' }, undefined],
    [{ $json: `"${'x'.repeat(70_000)}"` }, undefined],
    [{ $first: ['$.missing', '$.text', 'else'] }, 'hi'],
    [{ $each: '$.a.b', give: { it: '$' } }, [{ it: { c: 'deep' } }, { it: 5 }]],
    [{ $each: '$.missing', give: '$' }, []],
    [{ $switch: '$.text', cases: { hi: 1 }, else: 2 }, 1],
    [{ $switch: '$.yes', cases: { true: 1 } }, 1],
    [{ $switch: '$.text', cases: { ho: 1 }, else: 2 }, 2],
    [{ $switch: '$.text', cases: { ho: 1 } }, undefined],
  ])('gives for %j what it says', (template, expected) => {
    expect(give(template, message)).toEqual(expected)
  })

  it('reads own properties alone', () => {
    for (const path of ['$.constructor', '$.__proto__.x', '$.toString', '$.text.length']) {
      expect(give(path, { text: 'hi' })).toBeUndefined()
    }
    expect(give({ $switch: '$.kind', cases: { a: 1 } }, { kind: 'constructor' })).toBeUndefined()
  })

  it.each([
    ['$.a b', 'events.map: found "$.a b"'],
    ['$a', 'events.map: found "$a"'],
    ['x {$[0]}', 'events.map: found "{$[0]}"'],
    [{ a: [{ b: '$(' }] }, 'events.map.a[0].b: found "$("'],
    [{ $eval: 'x' }, 'events.map: found "$eval", expected $switch,'],
    [{ $number: '$.a', round: 1 }, 'events.map.round: found a field'],
    [{ $each: '$.a' }, 'events.map.give: found nothing'],
    [{ $switch: '$.a' }, 'events.map.cases: found nothing'],
    [{ type: '$.type', data: {} }, 'events.map.type: found "$.type"'],
    [{ type: 'product.{$.type}', data: {} }, 'events.map.type'],
    [{ type: { $first: ['$.type'] }, data: {} }, 'events.map.type'],
  ])('refuses %j with words', (template, words) => {
    expect(() => prepareTemplate(template)).toThrow(words)
  })

  it('refuses a template that is nested without end', () => {
    let deep: unknown = 1
    for (let level = 0; level < 30; level++) deep = [deep]
    expect(() => prepareTemplate(deep)).toThrow('fewer levels')
  })

  it('gives a value for any message and never throws', () => {
    const chat = {
      $switch: '$.type',
      cases: {
        chat: {
          type: 'chat.message',
          id: '{$.id}',
          at: { $time: '$.at' },
          data: {
            text: { $first: ['$.text', { $json: '$.body' }] },
            list: { $each: '$.list', give: { $number: '$.n' } },
          },
        },
      },
      else: null,
    }
    const read = prepareTemplate(chat)
    const fields = { type: fc.constantFrom('chat', 'x'), id: fc.anything(), at: fc.anything(), text: fc.anything() }
    const messages = fc.oneof(fc.anything(), fc.record({ ...fields, body: fc.string(), list: fc.anything() }))
    fc.assert(fc.property(messages, (message) => void read(message)))
  })
})

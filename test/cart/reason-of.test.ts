import { expect, it } from 'vitest'
import { reasonOf } from '../../src/cart/reason-of.ts'

it.for([
  [401, 'signed-out'],
  [404, 'not-found'],
  [409, 'rate-limited'],
  [410, 'not-found'],
  [429, 'rate-limited'],
  [400, 'refused'],
  [422, 'refused'],
] as const)('reasonOf takes %i for %s', ([status, reason]) => expect(reasonOf(status)).toBe(reason))

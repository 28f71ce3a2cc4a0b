import { describe } from 'vitest'
import { sse } from '../../src/adapters/sse.ts'
import { testStorm } from '../support/storm.ts'
// Loaded on demand by the link; here before, so that only virtual time passes.
import '../../src/adapters/fill-gaps.ts'
import '../../src/adapters/keep-token.ts'

describe('a link over sse in a storm', () => {
  testStorm((url) => sse({ url: `${url}events`, snapshot: `${url}snapshot`, history: `${url}history` }), 0, 67)
})

import { describe } from 'vitest'
import { feed } from '../../src/adapters/feed.ts'
import { testStorm } from '../support/storm.ts'
// Loaded on demand by the link; here before, so that only virtual time passes.
import '../../src/adapters/fill-gaps.ts'
import '../../src/adapters/keep-token.ts'

describe('a link over feed in a storm', () => {
  testStorm((url) => feed({ url: `${url}feed/index.json` }), 134, 200)
})

import { describe } from 'vitest'
import { socket } from '../../src/adapters/socket.ts'
import { testStorm } from '../support/storm.ts'
// Loaded on demand by the link; here before, so that only virtual time passes.
import '../../src/adapters/fill-gaps.ts'
import '../../src/adapters/keep-token.ts'

describe('a link over socket in a storm', () => {
  testStorm((url) => socket({ url: `${url}events`, snapshot: `${url}snapshot`, history: `${url}history` }), 67, 134)
})

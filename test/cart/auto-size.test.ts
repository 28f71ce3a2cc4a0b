import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { minified } from '../support/minified.mjs'

it('recognises every platform in under 400 bytes', async () => {
  const { code, bytes } = await minified(fileURLToPath(new URL('../../src/cart/recognise-store.ts', import.meta.url)))
  expect(code).toContain('opencart')
  expect(bytes, `${bytes} brotli bytes`).toBeLessThan(400)
})

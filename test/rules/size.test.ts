import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { BUDGETS, measure } from '../../scripts/size.mjs'

describe('measure', () => {
  let measured: ReturnType<typeof measure>
  beforeAll(() => {
    measured = measure()
  })

  it('finds the built files: npm test builds first', () => {
    expect(existsSync('dist/app/manifest.json')).toBe(true)
  })

  it.each(Object.entries(BUDGETS))('keeps %s at most %i brotli bytes', (name, budget) => {
    expect(measured.sums[name as keyof typeof BUDGETS]).toBeLessThanOrEqual(budget)
  })

  it('counts the loader, the app, one language, one adapter and one bridge in the overlay', () => {
    const modules = measured.first.flatMap((chunk: { modules: Record<string, number> }) => Object.keys(chunk.modules))
    for (const id of ['src/page-api.ts', 'src/text/en.ts', 'src/adapters/socket.ts', 'src/cart/shopify.ts']) {
      expect(modules).toContain(id)
    }
    expect(modules.filter((id: string) => id.includes('hls.js'))).toEqual([])
  })
})

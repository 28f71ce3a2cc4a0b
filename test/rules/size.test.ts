import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { CHUNKS } from '../../scripts/chunks.mjs'
import { BUDGETS, CEILINGS, measure } from '../../scripts/size.mjs'

describe('measure', () => {
  let measured: Awaited<ReturnType<typeof measure>>
  beforeAll(async () => {
    measured = await measure()
  })

  it('finds the built files: npm test builds first', () => {
    expect(existsSync('dist/app/manifest.json')).toBe(true)
  })

  it('keeps the loader within its budget', () => {
    expect(measured.sums.loader).toBeLessThanOrEqual(BUDGETS.loader)
    expect(CEILINGS.loader).toBe(BUDGETS.loader)
  })

  it.each(Object.entries(CEILINGS))('keeps %s at most %i brotli bytes', (name, ceiling) => {
    expect(measured.sums[name as keyof typeof CEILINGS]).toBeLessThanOrEqual(ceiling)
  })

  it('counts the loader, the app, one language, one adapter and one bridge in the overlay', () => {
    const modules = measured.first.flatMap((chunk) => Object.keys(chunk.modules))
    for (const id of ['src/page-api.ts', 'src/text/first-en.ts', 'src/adapters/socket.ts', 'src/cart/shopify.ts']) {
      expect(modules).toContain(id)
    }
    expect(modules.filter((id) => id.includes('hls.js'))).toEqual([])
  })

  it('keeps what runs a show out of the overlay: adapters and bridges share nothing with it', () => {
    const modules = measured.first.flatMap((chunk) => Object.keys(chunk.modules))
    expect(modules).not.toContain('src/widget/conduct.ts')
    expect(modules).not.toContain('src/adapters/link.ts')
  })

  it('counts as everything more than a first show, and less than the files it is split into', () => {
    expect(measured.sums.everything).toBeGreaterThan(measured.sums['first show'])
    expect(measured.sums.everything).toBeLessThan(measured.split)
  })
})

describe('CHUNKS', () => {
  it('names modules that exist', () => {
    const gone = Object.values(CHUNKS)
      .flat()
      .filter((path) => !['ts', 'tsx', 'css'].some((ending) => existsSync(`src/${path}.${ending}`)))
    expect(gone).toEqual([])
  })
})

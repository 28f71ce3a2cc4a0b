import { describe, it } from 'vitest'
import { missing } from './run-server.ts'

/** A suite over servers that must be installed; where one is not, it counts as one skipped test that says how to get it. */
export function describeEngine(name: string, programs: readonly string[], suite: () => void): void {
  const howTo = missing(...programs)
  if (howTo) {
    console.warn(`${name}: not tested. To get it: ${howTo}`)
    it.skip(`${name} needs: ${howTo}`, () => {})
  } else describe(name, suite)
}

import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { entries } from '../../scripts/entries.mjs'

/** Imports a file in plain Node, without a browser's globals; what it added to the global scope. Rejects where Node does not end. */
function importOnServer(file: string, isDependencys = /^$/): string {
  const script = `
    const before = new Set(Reflect.ownKeys(globalThis))
    await import(${JSON.stringify(pathToFileURL(`dist/${file}`).href)})
    // Two registries of zod's and a counter of nanostores' are theirs; the tag has neither.
    const added = Reflect.ownKeys(globalThis).filter((key) => !before.has(key)).map(String).filter((key) => !${String(isDependencys)}.test(key))
    process.stdout.write(added.join())`
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    stdio: 'pipe',
    timeout: 20_000,
  })
}

const modules = Object.keys(entries).filter((name) => name !== 'testing')

describe('importing on a server', () => {
  it.each(modules)('does nothing: %s', (name) => {
    expect(importOnServer(`${name}.js`, /^(__zod_.*|nanostoresGlobal)$/)).toBe('')
  })

  it.each(['castcart.js', 'castcart.all.js', 'app/whole.js'])('does nothing: %s', (file) => {
    expect(importOnServer(file)).toBe('')
  })

  it('does nothing: the app that the loader imports', () => {
    const app = readdirSync('dist/app').find((name) => name.startsWith('app-'))
    expect(importOnServer(`app/${app}`)).toBe('')
  })
})

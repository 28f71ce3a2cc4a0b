import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const VITEST = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')
/** Debian's packages of all servers that suites need. */
const PACKAGES = ['mosquitto', 'nats-server', 'nginx-light', 'redis-server']

/** What `npm run test:engines` does on a machine where nothing is installed but Node. */
describe('the engines’ suites without a server', () => {
  let bare: string
  beforeAll(() => {
    bare = mkdtempSync(join(tmpdir(), 'castcart-bare-'))
    symlinkSync(process.execPath, join(bare, 'node'))
  })
  afterAll(() => rmSync(bare, { recursive: true, force: true }))

  function run(ci: boolean): Promise<{ code: number | null; said: string }> {
    const files = readdirSync('test/engines').filter((name) => name.endsWith('.test.ts') && !/socketio/.test(name))
    const { CI: _, VITEST: __, ...rest } = process.env
    const child = spawn(
      process.execPath,
      [VITEST, 'run', '--project', 'engines', ...files.map((name) => `test/engines/${name}`)],
      { env: { ...rest, PATH: bare, NO_COLOR: '1', ...(ci && { CI: 'true' }) } },
    )
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += bytes))
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })))
  }

  it('are counted as skipped, with the line that gets what is missing', async () => {
    const { code, said } = await run(false)
    for (const name of PACKAGES)
      expect(said).toMatch(new RegExp(`apt-get install -y --no-install-recommends .*${name}`))
    expect(said).toMatch(/^engines: 0 passed, 0 failed, [1-9]\d* skipped$/m)
    expect(code).toBe(0)
  })

  it('fail the run where CI is set', async () => {
    const { code, said } = await run(true)
    expect(said).toMatch(/skipped: with CI set nothing may be/)
    expect(code).toBe(1)
  })
})

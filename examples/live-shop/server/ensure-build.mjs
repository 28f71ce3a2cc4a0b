import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** Builds castcart where there is no build or the sources are newer. Throws when the build fails. */
export function ensureBuild() {
  const built = modified(join(ROOT, 'dist', 'castcart.js'))
  const changed = Math.max(newest(join(ROOT, 'src')), modified(join(ROOT, 'rollup.config.mjs')))
  if (built >= changed) return
  console.log('Building castcart, a few seconds …')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status } = spawnSync(npm, ['run', '--silent', 'build'], {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error('The build failed')
}

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

const newest = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true }).reduce(
    (latest, entry) =>
      entry.isFile() ? Math.max(latest, modified(join(entry.parentPath ?? entry.path, entry.name))) : latest,
    0,
  )

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundle } from '../support/bundle.mjs'

/** The script tag has its own double of zod/mini. */
const liteSchemas = {
  name: 'lite-schemas',
  resolveId: {
    order: 'pre',
    handler: (source) =>
      source === 'zod/mini' ? fileURLToPath(new URL('../../src/model/zod-lite.ts', import.meta.url)) : null,
  },
}

/**
 * Bundles a TypeScript entry beside this file, imports it, and passes what it exports to `run`.
 * @param {string} entry its file name
 * @param {(parts: object) => Promise<T>} run
 * @param {{ lite?: boolean }} [options] `lite`: with the tag's double of zod/mini, as pages get it (absent: so)
 * @returns {Promise<T>}
 * @template T
 */
export async function withParts(entry, run, { lite = true } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'castcart-bench-'))
  try {
    const files = await bundle(fileURLToPath(new URL(entry, import.meta.url)), lite ? [liteSchemas] : [])
    for (const [name, code] of files)
      await writeFile(join(folder, name.replace(/\.js$/, '.mjs')), code.replaceAll(".js'", ".mjs'"))
    return await run(await import(pathToFileURL(join(folder, 'entry.mjs')).href))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

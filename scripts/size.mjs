import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'

/** Brotli bytes that a sum may have at most. */
export const BUDGETS = { loader: 1200, overlay: 18_000, everything: 40_000 }

/** What a first overlay needs beside the app: one language, one adapter, one bridge. */
const FIRST = ['src/page-api.ts', 'src/text/en.ts', 'src/adapters/socket.ts', 'src/cart/shopify.ts']

const brotli = (path) =>
  brotliCompressSync(readFileSync(path), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length

const isEngine = (chunk) => Object.keys(chunk.modules).some((id) => id.includes('hls.js'))
/** A chunk of words in a language that is not the one counted. */
const isForeign = (chunk) =>
  Object.keys(chunk.modules).every((id) => /^src\/text\/[a-z]{2}(-[A-Z]{2})?\.ts$/.test(id) && id !== 'src/text/en.ts')

/**
 * Brotli sizes of what a viewer can load.
 * @returns every file, the sums that have a budget, and the rendered bytes of each module of the app
 */
export function measure(dist = 'dist') {
  const chunks = JSON.parse(readFileSync(join(dist, 'app/manifest.json'), 'utf8'))
  const files = chunks.map((chunk) => ({ ...chunk, bytes: brotli(join(dist, 'app', chunk.file)) }))
  const byName = new Map(files.map((chunk) => [chunk.file, chunk]))
  const first = new Set()
  const add = (chunk) => {
    if (!chunk || first.has(chunk)) return
    first.add(chunk)
    for (const name of chunk.imports) add(byName.get(name))
  }
  for (const id of FIRST) add(files.find((chunk) => id in chunk.modules))
  const loader = brotli(join(dist, 'castcart.js'))
  const all = files.filter((chunk) => !isEngine(chunk) && !isForeign(chunk))
  const sum = (list) => list.reduce((total, { bytes }) => total + bytes, loader)
  return {
    files,
    whole: ['castcart.js', 'castcart.all.js', 'app/whole.js'].map((file) => ({
      file,
      bytes: brotli(join(dist, file)),
    })),
    first: [...first],
    sums: { loader, overlay: sum([...first]), everything: sum(all) },
  }
}

function print({ files, whole, first, sums }) {
  const row = (bytes, what) => console.log(`${String(bytes).padStart(8)}  ${what}`)
  console.log('brotli bytes of every file that a viewer can load')
  for (const { file, bytes } of whole) row(bytes, file)
  for (const chunk of [...files].sort((a, b) => b.bytes - a.bytes)) {
    row(chunk.bytes, `app/${chunk.file}${first.includes(chunk) ? '  (first overlay)' : ''}`)
  }
  console.log('\nsums, and what they may be')
  for (const [name, bytes] of Object.entries(sums)) {
    row(bytes, `${name} of ${BUDGETS[name]}${bytes > BUDGETS[name] ? '  TOO MUCH' : ''}`)
  }
}

function printModules({ first }) {
  console.log('\nbytes of each module in the first overlay, minified, not compressed')
  const modules = first.flatMap((chunk) => Object.entries(chunk.modules))
  for (const [id, bytes] of modules.sort((a, b) => b[1] - a[1]))
    if (bytes) console.log(`${String(bytes).padStart(8)}  ${relative('.', id)}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const measured = measure()
  print(measured)
  if (process.argv.includes('--modules')) printModules(measured)
  if (Object.entries(measured.sums).some(([name, bytes]) => bytes > BUDGETS[name])) process.exitCode = 1
}

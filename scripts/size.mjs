import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import terser from '@rollup/plugin-terser'
import { rollup } from 'rollup'
import { entries } from './entries.mjs'
import { MINIFY } from './minify.mjs'

/** Brotli bytes that a sum should have at most: what the design asks for. */
export const BUDGETS = { loader: 1200, overlay: 18_000, everything: 40_000 }

/**
 * Brotli bytes that a sum may have at most today. A sum that is not within its budget yet may only shrink: its ceiling is what it
 * has come down to, and is lowered with it, but for a hundred bytes or so that the minifier's names alone move a sum.
 */
export const CEILINGS = { loader: 1200, overlay: 18_000, everything: 94_320, 'first show': 54_000 }

/** What a first overlay needs beside the app: one language, one adapter, one bridge. */
const OVERLAY = ['src/page-api.ts', 'src/text/first-en.ts', 'src/adapters/socket.ts', 'src/cart/shopify.ts']
/** What a live show loads on top, hls.js aside, before its first product is on screen: what runs it, the basket, the player, the room (one file). */
const SHOW = ['src/widget/conduct.ts', 'src/ui/room/room.tsx']

const size = (text) =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }).length
const brotli = (path) => size(readFileSync(path))

const isEngine = (chunk) => Object.keys(chunk.modules).some((id) => id.includes('hls.js'))
/** A chunk of words in a language that is not the one counted. */
const isForeign = (chunk) =>
  Object.keys(chunk.modules).every((id) => /^src\/text\/(first-)?(?!en)[a-z]{2}(-[A-Z]{2})?\.ts$/.test(id))
/** Engines and platforms of which one shop has one: these are counted for all. */
const COUNTED = ['src/adapters/socket.ts', 'src/adapters/timeline.ts', 'src/cart/shopify.ts', 'src/cart/links.ts']
const others = Object.values(entries).filter((id) => /^src\/(adapters|cart)\//.test(id) && !COUNTED.includes(id))
/** A chunk of an adapter or a bridge that is not among those. */
const isOthers = (chunk) => others.some((id) => id in chunk.modules)

/** What one viewer of one shop can come to load: all that the entry leads to, but not through what is left out. */
function reach(files) {
  const found = new Set()
  const visit = (chunk) => {
    if (!chunk || found.has(chunk) || isEngine(chunk) || isForeign(chunk) || isOthers(chunk)) return
    found.add(chunk)
    for (const name of [...chunk.imports, ...chunk.dynamicImports]) visit(files.find(({ file }) => file === name))
  }
  visit(files.find(({ isEntry }) => isEntry))
  return [...found]
}

/** The chunks that hold these modules, with all that they import: files as a viewer gets them. */
function withImports(files, modules) {
  const found = new Set()
  const add = (chunk) => {
    if (!chunk || found.has(chunk)) return
    found.add(chunk)
    for (const name of chunk.imports) add(files.find(({ file }) => file === name))
  }
  for (const id of modules) {
    const chunk = files.find(({ modules }) => id in modules)
    if (!chunk) throw new Error(`no file of the app has ${id}`)
    add(chunk)
  }
  return [...found]
}

/**
 * Every feature in one file, with one language, without the video engine and other engines' and platforms' code: the app's own files, joined and minified again. What was
 * minified once is never as small as what is minified at one go, so this says a little too much (by a hundredth or so), not too little.
 */
async function joined(files, dist) {
  const left = files
    .filter((chunk) => isEngine(chunk) || isForeign(chunk) || isOthers(chunk))
    .map(({ file }) => `/${file}`)
  const bundle = await rollup({
    input: join(dist, 'app', files.find(({ isEntry }) => isEntry).file),
    external: (id) => left.some((file) => id.endsWith(file)),
    onwarn() {},
  })
  const { output } = await bundle.generate({
    format: 'es',
    inlineDynamicImports: true,
    generatedCode: { preset: 'es2015', symbols: false },
    freeze: false,
    // @ts-expect-error Its types are those of a CommonJS module.
    plugins: [terser(MINIFY)],
  })
  await bundle.close()
  return size(output[0].code)
}

/**
 * Brotli sizes of what a viewer can load.
 * @returns every file; the sums that have a ceiling; `split`, the same as `everything` with each file as it is;
 *   and the files of the first overlay
 */
export async function measure(dist = 'dist') {
  const chunks = JSON.parse(readFileSync(join(dist, 'app/manifest.json'), 'utf8'))
  const files = chunks.map((chunk) => ({ ...chunk, bytes: brotli(join(dist, 'app', chunk.file)) }))
  const loader = brotli(join(dist, 'castcart.js'))
  const sum = (list) => list.reduce((total, { bytes }) => total + bytes, loader)
  const first = withImports(files, OVERLAY)
  return {
    files,
    whole: ['castcart.js', 'castcart.all.js', 'app/whole.js'].map((file) => ({
      file,
      bytes: brotli(join(dist, file)),
    })),
    first,
    sums: {
      loader,
      overlay: sum(first),
      'first show': sum(withImports(files, [...OVERLAY, ...SHOW])),
      everything: loader + (await joined(files, dist)),
    },
    split: sum(reach(files)),
  }
}

const MEANING = {
  loader: 'the tag itself',
  overlay: 'loader, app, one language, one adapter, one bridge',
  'first show': 'overlay, and what runs a live show until its first product can be on screen (hls.js aside)',
  everything: 'loader, and every feature as one file, with one language, two adapters and two bridges (hls.js aside)',
}

function verdict(name, bytes) {
  const budget = BUDGETS[name]
  const over = budget === undefined ? 0 : bytes - budget
  return [
    budget === undefined ? 'no budget' : `budget ${budget}`,
    over > 0 && `above its budget by ${over}`,
    `ceiling ${CEILINGS[name]}`,
    bytes > CEILINGS[name] && 'TOO MUCH',
  ].filter(Boolean)
}

function print({ files, whole, first, sums, split }) {
  const row = (bytes, what) => console.log(`${String(bytes).padStart(8)}  ${what}`)
  console.log('brotli bytes of every file that a viewer can load')
  for (const { file, bytes } of whole) row(bytes, file)
  for (const chunk of [...files].sort((a, b) => b.bytes - a.bytes)) {
    row(chunk.bytes, `app/${chunk.file}${first.includes(chunk) ? '  (first overlay)' : ''}`)
  }
  console.log('\nsums, and what they may be')
  for (const [name, bytes] of Object.entries(sums)) {
    row(bytes, `${name}: ${verdict(name, bytes).join(', ')}`)
    console.log(`          ${MEANING[name]}`)
  }
  row(split, 'everything as the files it is split into, each compressed by itself')
}

function printModules({ first }) {
  console.log('\nbytes of each module in the first overlay, minified, not compressed')
  const modules = first.flatMap((chunk) => Object.entries(chunk.modules))
  for (const [id, bytes] of modules.sort((a, b) => b[1] - a[1]))
    if (bytes) console.log(`${String(bytes).padStart(8)}  ${relative('.', id)}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const measured = await measure()
  print(measured)
  if (process.argv.includes('--modules')) printModules(measured)
  if (Object.entries(measured.sums).some(([name, bytes]) => bytes > CEILINGS[name])) process.exitCode = 1
}

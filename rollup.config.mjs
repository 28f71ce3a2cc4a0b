import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import replace from '@rollup/plugin-replace'
import terser from '@rollup/plugin-terser'
import typescript from '@rollup/plugin-typescript'
import { dts } from 'rollup-plugin-dts'
import { manualChunks } from './scripts/chunks.mjs'
import { cssText } from './scripts/css-text.mjs'
import { entries } from './scripts/entries.mjs'
import { MINIFY } from './scripts/minify.mjs'

const { dependencies, version } = JSON.parse(readFileSync('package.json', 'utf8'))
const isExternal = (id) =>
  [...Object.keys(dependencies), 'vitest'].some((name) => id === name || id.startsWith(`${name}/`))
// Types are checked by `npm run check`; here they are only taken off.
const compile = (compilerOptions = {}) =>
  typescript({
    tsconfig: 'tsconfig.json',
    include: ['src/**/*.ts', 'src/**/*.tsx', 'test/contracts/*.ts'],
    compilerOptions: {
      module: 'esnext',
      moduleResolution: 'bundler',
      noEmit: false,
      noCheck: true,
      sourceMap: false,
      // Rollup resolves `.ts` itself; rewriting would wrap `import(address)` in a helper.
      rewriteRelativeImportExtensions: false,
      ...compilerOptions,
    },
  })
const minify = (format) => terser({ ...MINIFY, format: { ...MINIFY.format, ...format } })
const forBrowser = (values = {}, format = {}) => [
  liteSchemas,
  noSecondGlobal,
  cssText(),
  replace({
    preventAssignment: true,
    values: { 'process.env.NODE_ENV': '"production"', __CASTCART_VERSION__: JSON.stringify(version), ...values },
  }),
  nodeResolve({ browser: true, exportConditions: ['production'] }),
  compile({ jsx: 'react', jsxImportSource: null, jsxFactory: 'h', jsxFragmentFactory: 'Fragment' }),
  classicJsx,
  minify(format),
]
const onwarn = (warning, warn) => {
  if (!['CIRCULAR_DEPENDENCY', 'THIS_IS_UNDEFINED'].includes(warning.code)) warn(warning)
}

/** Address of the app chunk, known once it is built; the loader is built after it. */
let appFile = ''
const NONE = '""'

/** Says which module went where, for `npm run size` and for those who pin files. */
const manifest = {
  name: 'manifest',
  generateBundle(_, bundle) {
    const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
    appFile = `app/${chunks.find((chunk) => chunk.isEntry).fileName}`
    const listing = chunks.map(({ fileName, isEntry, imports, dynamicImports, modules }) => ({
      file: fileName,
      isEntry,
      imports,
      dynamicImports,
      modules: Object.fromEntries(
        Object.entries(modules).map(([id, { renderedLength }]) => [relative(process.cwd(), id), renderedLength]),
      ),
    }))
    this.emitFile({ type: 'asset', fileName: 'manifest.json', source: `${JSON.stringify(listing, null, 1)}\n` })
  },
}

const clean = {
  name: 'clean',
  buildStart() {
    rmSync('dist', { recursive: true, force: true })
  },
}

/** One file has room for one engine: the light one, which plays everything but captions that are in the stream. */
const oneEngine = {
  name: 'one-engine',
  resolveId(source, importer) {
    return source === 'hls.js' ? this.resolve('hls.js/light', importer, { skipSelf: true }) : null
  },
}

/** The tag's own double of zod/mini: smaller, and unharmed by pages that change Object.prototype. */
const liteSchemas = {
  name: 'lite-schemas',
  resolveId: (source) => (source === 'zod/mini' ? resolve('src/model/zod-lite.ts') : null),
}

/** Nanostores counts changes on the global object, for pages with several copies; the tag leaves one global and no other. */
const noSecondGlobal = {
  name: 'no-second-global',
  transform(code, id) {
    if (!/nanostores\/atom\/index\.js$/.test(id)) return null
    const own = code.replace('globalThis.nanostoresGlobal ||= ', '')
    if (own === code) this.error('nanostores no longer writes its global where this expects it')
    return { code: own, map: null }
  },
}

/** Elements of the tag are made by `h`: its calls are shorter than the automatic runtime's, compressed too. */
const classicJsx = {
  name: 'classic-jsx',
  transform: (code, id) =>
    id.endsWith('.tsx') ? { code: `import { Fragment, h } from 'preact'\n${code}`, map: null } : null,
}

const npmModules = {
  input: entries,
  external: isExternal,
  plugins: [clean, cssText(), nodeResolve(), compile()],
  onwarn,
  output: {
    dir: 'dist',
    format: 'es',
    chunkFileNames: 'chunks/[name]-[hash].js',
    hoistTransitiveImports: false,
  },
}

const npmTypes = {
  input: entries,
  external: (id) => isExternal(id) || id.endsWith('.css'),
  plugins: [dts({ compilerOptions: { noEmit: false, noCheck: true, rewriteRelativeImportExtensions: false } })],
  onwarn,
  output: { dir: 'dist', format: 'es', chunkFileNames: 'chunks/[name]-[hash].d.ts' },
}

/** Modules that become objects are read by us alone: they need no seal and no `Symbol.toStringTag`. */
const plain = { generatedCode: { preset: 'es2015', symbols: false }, freeze: false, externalLiveBindings: false }

const app = {
  input: { app: 'src/page-api.ts' },
  // Lazy chunks take what they share from the app itself; a chunk of its own would cost a request.
  preserveEntrySignatures: 'allow-extension',
  plugins: [...forBrowser(), manifest],
  onwarn,
  output: {
    dir: 'dist/app',
    format: 'es',
    // The loader names this one: every byte counts there, and these letters compress best.
    hashCharacters: 'hex',
    entryFileNames: '[name]-[hash:6].js',
    chunkFileNames: '[name]-[hash].js',
    hoistTransitiveImports: false,
    manualChunks,
    ...plain,
  },
}

/** The app's files as they were built, with the light engine for the other: one file has room for one. */
const built = {
  name: 'built',
  resolveId: (source) =>
    ({ 'the-app': resolve('dist', appFile) })[source] ?? (isFullEngine(source) ? lightEngine() : null),
}
const isFullEngine = (source) => /\/hls-[^/]*\.js$/.test(source)
const lightEngine = () =>
  resolve(
    'dist/app',
    readdirSync('dist/app').find((name) => name.startsWith('hls.light')),
  )

// What the loader falls back to when a chunk is missing: one file that needs no other.
const whole = {
  input: 'the-app',
  plugins: [built],
  onwarn,
  output: { file: 'dist/app/whole.js', format: 'es', inlineDynamicImports: true, ...plain },
}

// A classic script is read in the charset of its page, which may be an old one: it keeps to ASCII.
const classic = (file, values, ...more) => ({
  input: 'src/script.ts',
  // The loader imports the app by its address; only the one-file build takes it in.
  external: (id) => values.__CASTCART_APP__ !== NONE && id.endsWith('/page-api.ts'),
  plugins: [...more, ...forBrowser(values, { ascii_only: true })],
  onwarn,
  output: { file, format: 'iife', strict: false, inlineDynamicImports: true, ...plain },
})

export default [
  npmModules,
  npmTypes,
  app,
  whole,
  classic('dist/castcart.js', { __CASTCART_APP__: () => JSON.stringify(appFile) }),
  classic('dist/castcart.all.js', { __CASTCART_APP__: NONE }, oneEngine),
]

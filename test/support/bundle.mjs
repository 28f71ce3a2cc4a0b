import { nodeResolve } from '@rollup/plugin-node-resolve'
import { rollup } from 'rollup'
import ts from 'typescript'

const COMPILER_OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  jsx: ts.JsxEmit.ReactJSX,
  jsxImportSource: 'preact',
  sourceMap: true,
  verbatimModuleSyntax: true,
}

/** Strips types file by file, without checking them, and says to packages that ask that this is no development build. */
const stripTypes = {
  name: 'strip-types',
  transform(source, id) {
    const code = source.replaceAll('process.env.NODE_ENV', '"production"')
    if (!/\.tsx?$/.test(id)) return code === source ? null : { code, map: null }
    const found = ts.transpileModule(code, { fileName: id, compilerOptions: COMPILER_OPTIONS })
    return { code: found.outputText, map: found.sourceMapText ?? null }
  },
}

/**
 * Bundles a TypeScript entry in memory for a browser: file name → code, the entry as `entry.js`, whatever it imports lazily as
 * chunks beside it; `plugins` (Rollup's) come last, `first` before all others. Rejects on what cannot be resolved.
 */
export async function bundle(entry, plugins = [], first = []) {
  const build = await rollup({
    input: { entry },
    plugins: [
      ...first,
      stripTypes,
      nodeResolve({ browser: true, extensions: ['.mjs', '.js', '.ts', '.tsx'] }),
      ...plugins,
    ],
  })
  try {
    const { output } = await build.generate({ format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' })
    return new Map(output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : String(file.source)]))
  } finally {
    await build.close()
  }
}

import { nodeResolve } from '@rollup/plugin-node-resolve'
import { type Plugin, rollup } from 'rollup'
import ts from 'typescript'

/** Strips types file by file, without checking them, and says to packages that ask that this is no development build. */
const stripTypes: Plugin = {
  name: 'strip-types',
  transform(source, id) {
    const code = source.replaceAll('process.env.NODE_ENV', '"production"')
    if (!/\.tsx?$/.test(id)) return code === source ? null : { code, map: null }
    const { outputText, sourceMapText } = ts.transpileModule(code, {
      fileName: id,
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        jsx: ts.JsxEmit.ReactJSX,
        jsxImportSource: 'preact',
        sourceMap: true,
        verbatimModuleSyntax: true,
      },
    })
    return { code: outputText, map: sourceMapText ?? null }
  },
}

/**
 * Bundles a TypeScript entry in memory for a browser test: file name → code, the entry as `entry.js`, whatever it imports lazily as
 * chunks beside it. Rejects on what cannot be resolved.
 */
export async function bundle(entry: string): Promise<ReadonlyMap<string, string>> {
  const build = await rollup({
    input: { entry },
    plugins: [stripTypes, nodeResolve({ browser: true, extensions: ['.mjs', '.js', '.ts', '.tsx'] })],
  })
  try {
    const { output } = await build.generate({ format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' })
    return new Map(output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : String(file.source)]))
  } finally {
    await build.close()
  }
}

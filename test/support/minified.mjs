import { brotliCompressSync, constants } from 'node:zlib'
import terser from '@rollup/plugin-terser'
import { MINIFY } from '../../scripts/minify.mjs'
import { bundle } from './bundle.mjs'

/** One module as the tag's build would write it, without what it imports, and its brotli bytes. */
export async function minified(entry) {
  const alone = { name: 'alone', resolveId: (id, from) => (from ? { id, external: true } : null) }
  // @ts-expect-error Its types are those of a CommonJS module.
  const code = (await bundle(entry, [terser(MINIFY)], [alone])).get('entry.js') ?? ''
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
  return { code, bytes: brotliCompressSync(code, { params }).length }
}

import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { transform } from 'lightningcss'

const PREFIX = '\0css-text:'
const version = (major, minor = 0) => (major << 16) | (minor << 8)
const targets = { chrome: version(109), firefox: version(115), safari: version(16, 4) }

/** Rollup and Vite plugin: `import css from './x.css'` gives the file's text, minified. */
export function cssText() {
  return {
    name: 'css-text',
    enforce: 'pre',
    resolveId(source, importer) {
      // Not ending in `.css`: Vite would take it for a style sheet of its own.
      if (source.endsWith('.css') && importer) return `${PREFIX}${resolve(dirname(importer), source)}.js`
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return
      const filename = id.slice(PREFIX.length, -'.js'.length)
      this.addWatchFile(filename)
      const { code } = transform({ filename, code: readFileSync(filename), minify: true, targets })
      return `export default ${JSON.stringify(code.toString())}`
    },
  }
}

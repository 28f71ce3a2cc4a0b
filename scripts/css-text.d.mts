import type { Plugin } from 'vitest/config'

/** Rollup and Vite plugin: `import css from './x.css'` gives the file's text, minified. */
export function cssText(): Plugin

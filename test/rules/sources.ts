import { readdirSync, readFileSync } from 'node:fs'
import { dirname, posix } from 'node:path'

/** A source file and what it imports. */
export interface Source {
  /** Below the project's root, with `/`. */
  readonly path: string
  readonly code: string
  /** What is imported, types included: paths below the root, or package names. */
  readonly imports: readonly string[]
  /** Those of {@link imports} that are loaded only when wanted. */
  readonly lazy: readonly string[]
}

const STATIC = /(?:^|[\n;])\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]/g
const LAZY = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

/** Every TypeScript source below a folder of the project. */
export function sourcesOf(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .sort()
    .map(read)
}

function read(path: string): Source {
  const code = readFileSync(path, 'utf8')
  const all = (pattern: RegExp) => [...code.matchAll(pattern)].map(([, name = '']) => resolved(path, name))
  const lazy = all(LAZY)
  return { path, code, lazy, imports: [...all(STATIC), ...lazy] }
}

const resolved = (from: string, name: string) => (name.startsWith('.') ? posix.join(dirname(from), name) : name)

/** What of the app is loaded together, by path below `src/` without its ending. */
export const CHUNKS: Readonly<Record<string, readonly string[]>>

/** Rollup's `manualChunks`. */
export function manualChunks(id: string): string | undefined

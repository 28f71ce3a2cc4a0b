/** One file of the app. */
export interface MeasuredChunk {
  readonly file: string
  /** Brotli. */
  readonly bytes: number
  readonly imports: readonly string[]
  /** Rendered bytes by source, before compression. */
  readonly modules: Readonly<Record<string, number>>
}

type Sum = 'loader' | 'overlay' | 'everything'

/** Brotli bytes that a sum may have at most. */
export const BUDGETS: Readonly<Record<Sum, number>>

/** Brotli sizes of what a viewer can load. */
export function measure(dist?: string): {
  readonly files: readonly MeasuredChunk[]
  readonly whole: readonly { readonly file: string; readonly bytes: number }[]
  readonly first: readonly MeasuredChunk[]
  readonly sums: Readonly<Record<Sum, number>>
}

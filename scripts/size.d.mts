/** One file of the app. */
export interface MeasuredChunk {
  readonly file: string
  /** Brotli. */
  readonly bytes: number
  readonly imports: readonly string[]
  /** Rendered bytes by source, before compression. */
  readonly modules: Readonly<Record<string, number>>
}

type Budgeted = 'loader' | 'overlay' | 'everything'
type Sum = Budgeted | 'first show'

/** Brotli bytes that a sum should have at most: what the design asks for. */
export const BUDGETS: Readonly<Record<Budgeted, number>>

/** Brotli bytes that a sum may have at most today; lowered with it until it is the budget. */
export const CEILINGS: Readonly<Record<Sum, number>>

/** Brotli sizes of what a viewer can load. */
export function measure(dist?: string): Promise<{
  readonly files: readonly MeasuredChunk[]
  readonly whole: readonly { readonly file: string; readonly bytes: number }[]
  readonly first: readonly MeasuredChunk[]
  readonly sums: Readonly<Record<Sum, number>>
  /** Everything as separate files, added up. */
  readonly split: number
}>

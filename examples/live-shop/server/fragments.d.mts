export interface Box {
  type: string
  /** Offsets in the buffer, bytes. */
  at: number
  body: number
  end: number
}
export interface Fragments {
  header: Buffer
  /** Ticks per second by track id. */
  timescales: Map<number, number>
  fragments: { offset: number; bytes: Buffer }[]
}
export function boxes(bytes: Buffer, from?: number, to?: number): Generator<Box>
export function find(bytes: Buffer, path: readonly string[], from?: number, to?: number): Generator<Box>
export function readTimescales(header: Buffer): Map<number, number>
export function readFragments(file: string): Fragments
export function moveFragment(
  fragment: Buffer,
  timescales: Map<number, number>,
  seconds: number,
  sequence: number,
): Buffer

/** Runs what the page wrote: what it throws is logged and goes no further. */
export function guarded(act: () => unknown): void {
  try {
    act()
  } catch (cause) {
    console.error('[castcart] a listener of this page threw', cause)
  }
}

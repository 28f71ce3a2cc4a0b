/** A page in any browser, with what a smoke test does there. Selectors are looked up inside the widget's shadow root. */
export interface Tab {
  /** Name and version. */
  readonly browser: string
  goto(address: string): Promise<void>
  /** Runs the body of an async function with `args`; plain JSON goes in and comes out. */
  run<T>(body: string, ...args: readonly unknown[]): Promise<T>
  /** A trusted click in the middle of an element that is there. */
  click(selector: string): Promise<void>
  type(selector: string, text: string): Promise<void>
  /** A PNG of what is seen. */
  shot(): Promise<Buffer>
  close(): Promise<void>
}

/** How long one thing may take in a browser that draws without a graphics card, ms. */
export const SLOW = { timeout: 40_000, interval: 150 }

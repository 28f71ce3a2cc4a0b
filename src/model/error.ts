/**
 * What went wrong, for a program. Words for viewers are made of these in `ui/` only.
 * `bad-*`: data of a wrong shape · `no-*`: an address that gave nothing (`no-answer`: the show's did not answer, or its server failed) · `refused`: the store would not put it in the cart, which is
 * no fault · the rest: what stopped working.
 */
export type ErrorCode =
  | 'bad-options'
  | 'bad-show'
  | 'bad-log'
  | 'no-show'
  | 'no-answer'
  | 'expired'
  | 'no-events'
  | 'no-video'
  | 'no-cart'
  | 'no-chunk'
  | 'unknown-product'
  | 'refused'
  | 'not-honoured'
  | 'unsupported'
  | 'broken'

/** The one error class. `message` is for developers and starts with `[castcart]`; `cause` is what was caught, if anything. */
export class CastcartError extends Error {
  override readonly name = 'CastcartError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(`[castcart] ${code}: ${message}`, cause === undefined ? undefined : { cause })
    this.code = code
  }
}

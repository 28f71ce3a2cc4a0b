import base from './base.css'
import tokens from './tokens.css'

/** Style sheets of the first paint, in order. */
export const styles: readonly string[] = [tokens, base]

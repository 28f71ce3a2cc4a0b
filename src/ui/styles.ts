import app from './app.css'
import base from './base.css'
import launcher from './launcher.css'
import tokens from './tokens.css'

/** Style sheets of the first paint, in order. */
export const styles: readonly string[] = [tokens, base, app, launcher]

import app from './app.css'
import base from './base.css'
import live from './live/live.css'
import mini from './mini/mini.css'
import tokens from './tokens.css'

/** Style sheets of the first paint, in order. */
export const styles: readonly string[] = [tokens, base, app, live, mini]

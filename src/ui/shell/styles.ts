import tokens from '../tokens.css'
import base from './base.css'
import launcher from './launcher.css'
import shell from './shell.css'

/** Style sheets of the first paint, in order. */
export const styles: readonly string[] = [tokens, base, shell, launcher]

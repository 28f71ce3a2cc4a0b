import type { CommandName } from './start-demo.mjs'

/** The names of all that the host can do. */
export const COMMAND_NAMES: readonly CommandName[]

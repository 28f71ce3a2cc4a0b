import type { CommandName } from './start-demo.mjs'

export const SCRIPT_SECONDS: number

export const SCRIPT: readonly {
  readonly at: number
  readonly command: CommandName
  readonly data: Record<string, unknown> | ((show: object) => Record<string, unknown>)
}[]

export function seedHashOf(seed: string): string

export function drawWinners(options: {
  seed: string
  entries: readonly string[]
  prizes: number
  times?: readonly number[]
}): string[]

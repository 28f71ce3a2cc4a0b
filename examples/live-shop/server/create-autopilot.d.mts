export function createAutopilot(options: { isOn: boolean; now?: () => number }): {
  readonly isOn: boolean
  set(on: boolean): void
  giveWay(command: string): void
  tick(
    show: object,
    run: (command: { name: string; key: string; data: Record<string, unknown> }) => Promise<unknown>,
  ): Promise<void>
}

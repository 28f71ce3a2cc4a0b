export function createAutopilot(options: { isOn: boolean; now?: () => number }): {
  readonly isOn: boolean
  set(on: boolean): void
  giveWay(command: string): void
  tick(
    show: object,
    hands: {
      run(command: { name: string; key: string; data: Record<string, unknown> }): Promise<unknown>
      act(show: object, line: object): Promise<unknown>
    },
  ): Promise<void>
}

import type { UiModel } from '../../context.ts'

/** Keeps when a first-tap giveaway came into this viewer's sight, once, wherever that was: its tap counts from then. */
export function noteSeen(model: UiModel, id: string): void {
  const { seen } = model.state.$mine.get()
  if (seenAt(model, id) === undefined) model.commands.keep({ seen: { ...seen, [id]: Date.now() } })
}

/** Milliseconds since {@link noteSeen}; 0: it was not seen. */
export const tookSince = (model: UiModel, id: string): number =>
  Math.max(0, Date.now() - (seenAt(model, id) ?? Date.now()))

function seenAt({ state }: UiModel, id: string): number | undefined {
  const { seen } = state.$mine.get()
  return seen && Object.hasOwn(seen, id) ? seen[id] : undefined
}

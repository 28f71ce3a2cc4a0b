/** The message that an event met; none on what has a deed of its own, such as a link. */
export function rowOf(target: EventTarget | null): HTMLElement | undefined {
  if (!(target instanceof Element) || target.closest('a, button')) return undefined
  return target.closest<HTMLElement>('li[data-id]') ?? undefined
}

/** Moves the focus to the message before or after the one that has it; from the list itself to the last. */
export function stepToRow(list: HTMLElement, from: EventTarget | null, isUp: boolean): void {
  const row = rowOf(from)
  const next = row ? (isUp ? row.previousElementSibling : row.nextElementSibling) : isUp && list.lastElementChild
  if (!(next instanceof HTMLElement) || !next.dataset.id) return
  next.tabIndex = -1
  next.focus()
}

/**
 * Keeps Horizon's cart drawer shut over the player: it opens itself at every `cart:update` and at every add of its own action where it carries
 * `auto-open` (its cart-drawer.js), a setting of the shop. Returns what puts the attribute back.
 */
export function holdDrawer(): () => void {
  const drawers = [...(globalThis.document?.querySelectorAll('cart-drawer-component[auto-open]') ?? [])]
  const set = (opens: boolean) => drawers.forEach((drawer) => void drawer.toggleAttribute('auto-open', opens))
  set(false)
  return () => set(true)
}

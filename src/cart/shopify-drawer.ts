/**
 * Keeps Horizon's cart drawer shut over the player: it opens itself at every `cart:update` and at every add of its own action where it carries
 * `auto-open` (its cart-drawer.js), a setting of the shop. Returns what puts the attribute back.
 */
export function holdDrawer(): () => void {
  const held = [...(globalThis.document?.querySelectorAll('cart-drawer-component[auto-open]') ?? [])]
  const values = held.map((drawer) => drawer.getAttribute('auto-open') ?? '')
  for (const drawer of held) drawer.removeAttribute('auto-open')
  return () => {
    for (const [at, drawer] of held.entries()) drawer.setAttribute('auto-open', values[at] ?? '')
  }
}

/** Every public module: its path under `dist/` (and after `castcart/`) and its source. */
export const entries: Readonly<Record<string, string>>

import { join } from 'node:path'
import { openJsonLines } from './json-lines.mjs'

/**
 * What only the desk may know of a show, beside its log: who voted for what, who entered, who got which code, a raffle's seed, a
 * quiz's answer. Each line is on the disk before the viewer is answered, so that "one each" holds after a restart too. It is never served.
 * @param {{ folder: string, epoch: string }} options
 */
export async function openPrivateLedger({ folder, epoch }) {
  const store = await openJsonLines(join(folder, `${epoch}.private.jsonl`))
  return {
    /** Every entry so far, oldest first: `{ kind, … }`. */
    entries: store.lines,
    /** @param {{ kind: string }} entry */
    note: (entry) => store.append(() => entry, true),
    close: store.close,
  }
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openShow } from './create-show.mjs'
import { listEpochs } from './event-log.mjs'

/**
 * Shows that are over and whose prizes may still be claimed: each is kept open until its last deadline, over a restart too.
 * @param {{ shows: object, current: string }} options `shows`: what `openShow` takes; `current`: epoch of the one that runs
 */
export async function openEarlierShows({ shows, current }) {
  const kept = new Map()
  /** Closes a show of which nothing can be claimed. */
  async function keep(show) {
    if (isClaimable(show)) kept.set(show.epoch, show)
    else await show.close()
  }
  for (const epoch of await listEpochs(shows.folder)) {
    if (epoch === current || !(await hasDraw(shows.folder, epoch))) continue
    await keep(await openShow({ ...shows, epoch }))
  }
  return {
    keep,
    /** The one of an epoch; `undefined`: nothing of it can be claimed. */
    get: (epoch) => [kept.get(epoch)].find((show) => show && isClaimable(show)),
    /** The one that had this giveaway. */
    withRaffle: (id) => [...kept.values()].find((show) => show.raffles.has(id)),
    /** What the host sees: giveaways whose winners may still claim. */
    raffles: () => [...kept.values()].flatMap((show) => show.raffles.claimable()),
    async close() {
      for (const show of kept.values()) await show.close()
    },
  }
}

const isClaimable = (show) => show.raffles.claimable().length > 0

const hasDraw = async (folder, epoch) =>
  (await readFile(join(folder, `${epoch}.events.jsonl`), 'utf8')).includes('"type":"raffle.draw"')

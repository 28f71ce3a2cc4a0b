import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openJsonLines } from './json-lines.mjs'

const SUFFIX = '.events.jsonl'

/**
 * The log of one show on disk. Its name is its epoch.
 *
 * A host event takes the next `seq`, is written and is flushed to the disk (`fdatasync`) before `append` resolves: what
 * has been acknowledged survives a killed process and a lost power line. A viewer's event is written without waiting, and
 * may be lost. No place is ever taken twice.
 *
 * @param {object} options
 * @param {string} options.folder
 * @param {string} options.epoch also the file's name: letters, digits, `-`
 * @param {() => number} [options.now] ms since 1970
 */
export async function openEventLog({ folder, epoch, now = Date.now }) {
  const store = await openJsonLines(join(folder, epoch + SUFFIX))
  let seq = lastSeq(store.lines)
  return {
    epoch,
    file: store.file,
    /** Every event so far, oldest first. Not to be changed. */
    events: store.lines,
    /** The newest place, 0 for an empty log. */
    get seq() {
      return seq
    },
    /** Writes a host event; resolves with it once it is on disk, rejects when the disk refused. */
    async append(type, data, { at, id } = {}) {
      const make = () => ({ v: 1, epoch, seq: seq + 1, id: id ?? `e${seq + 1}`, at: at ?? now(), type, data })
      return store.append(make, true, (event) => {
        seq = event.seq
      })
    },
    /** Writes a viewer's event, which needs no place: `{ v, id, at, type, data }`. */
    note: (event) => store.append(() => event, false),
    close: store.close,
  }
}

/** Epochs of the logs in a folder, oldest first (their names begin with their date). */
export async function listEpochs(folder) {
  const names = await readdir(folder).catch(() => [])
  return names
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => name.slice(0, -SUFFIX.length))
    .sort()
}

const lastSeq = (events) => events.reduce((seq, event) => event.seq ?? seq, 0)

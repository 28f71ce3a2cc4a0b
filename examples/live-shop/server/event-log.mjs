import { mkdir, open, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const SUFFIX = '.events.jsonl'

/**
 * The log of one show on disk: JSON lines, only ever added to, one writer. Its name is its epoch.
 *
 * A host event takes the next `seq`, is written and is flushed to the disk (`fdatasync`) before `append` resolves: what
 * has been acknowledged survives a killed process and a lost power line. A viewer's event is written without waiting, and
 * may be lost. A last line torn by a crash is cut off when the log is opened; a failed write is cut off at once, so that no
 * place is ever taken twice.
 *
 * @param {object} options
 * @param {string} options.folder
 * @param {string} options.epoch also the file's name: letters, digits, `-`
 * @param {() => number} [options.now] ms since 1970
 */
export async function openEventLog({ folder, epoch, now = Date.now }) {
  await mkdir(folder, { recursive: true })
  const file = join(folder, epoch + SUFFIX)
  const handle = await open(file, 'a+')
  const { events, length } = await readWhole(handle)
  await handle.truncate(length)
  await flushFolder(dirname(file))
  const log = { handle, epoch, now, events, length, seq: lastSeq(events), tail: Promise.resolve(), closed: false }
  return {
    epoch,
    file,
    /** Every event so far, oldest first. Not to be changed. */
    events: /** @type {readonly object[]} */ (events),
    /** The newest place, 0 for an empty log. */
    get seq() {
      return log.seq
    },
    /** Writes a host event; resolves with it once it is on disk, rejects when the disk refused. */
    append: (type, data, more = {}) => inTurn(log, () => appendPlaced(log, type, data, more)),
    /** Writes a viewer's event, which needs no place: `{ v, id, at, type, data }`. */
    note: (event) => inTurn(log, () => write(log, event)),
    close: () =>
      inTurn(log, () => {
        log.closed = true
        return handle.close()
      }),
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

/** One after the other: places are given in the order in which the lines are written. */
function inTurn(log, task) {
  const done = log.tail.then(() => {
    if (log.closed) throw new Error('The log is closed')
    return task()
  })
  log.tail = done.catch(() => {})
  return done
}

async function appendPlaced(log, type, data, { at = log.now(), id } = {}) {
  const seq = log.seq + 1
  const event = { v: 1, epoch: log.epoch, seq, id: id ?? `e${seq}`, at, type, data }
  await write(log, event, true)
  log.seq = seq
  return event
}

async function write(log, event, durable = false) {
  const line = Buffer.from(`${JSON.stringify(event)}\n`)
  try {
    await log.handle.appendFile(line)
    if (durable) await log.handle.datasync()
  } catch (cause) {
    await log.handle.truncate(log.length)
    throw new Error('The event could not be written', { cause })
  }
  log.length += line.length
  log.events.push(event)
  return event
}

/** The whole lines of the file, and how many bytes they are. Reading stops at the first line that is no event. */
async function readWhole(handle) {
  const bytes = await handle.readFile()
  const events = []
  let length = 0
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, length)) {
    const event = parseLine(bytes.subarray(length, end))
    if (!event) break
    events.push(event)
    length = end + 1
  }
  return { events, length }
}

function parseLine(bytes) {
  try {
    const event = JSON.parse(bytes.toString('utf8'))
    return typeof event === 'object' && event ? event : undefined
  } catch {
    return undefined
  }
}

const lastSeq = (events) => events.reduce((seq, event) => event.seq ?? seq, 0)

/** A new file's name is on disk only when its folder is. */
async function flushFolder(folder) {
  const handle = await open(folder, 'r')
  await handle.sync().catch(() => {})
  await handle.close()
}

import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * A file of JSON lines, only ever added to, by one writer. A last line torn by a crash is cut off when it is opened; a failed write is
 * cut off at once.
 * @param {string} file made, with its folder, where there is none
 */
export async function openJsonLines(file) {
  await mkdir(dirname(file), { recursive: true })
  const handle = await open(file, 'a+')
  const { lines, length } = await readWhole(handle)
  await handle.truncate(length)
  await flushFolder(dirname(file))
  const store = { handle, lines, length, tail: Promise.resolve(), closed: false }
  return {
    file,
    /** Every line so far, oldest first. Not to be changed. */
    lines: /** @type {readonly object[]} */ (lines),
    /**
     * Writes what `make` gives when it is its turn, and resolves with it; rejects when the disk refused.
     * @param {() => object} make
     * @param {boolean} isDurable whether it is on the disk (`fdatasync`) before this resolves
     * @param {(line: object) => void} [onWritten] before the next one's turn
     */
    append: (make, isDurable, onWritten) => inTurn(store, () => write(store, make(), { isDurable, onWritten })),
    close: () =>
      inTurn(store, () => {
        store.closed = true
        return handle.close()
      }),
  }
}

/** One after the other: in the order in which they were asked for. */
function inTurn(store, task) {
  const done = store.tail.then(() => {
    if (store.closed) throw new Error('The log is closed')
    return task()
  })
  store.tail = done.catch(() => {})
  return done
}

async function write(store, value, { isDurable, onWritten }) {
  const line = Buffer.from(`${JSON.stringify(value)}\n`)
  try {
    await store.handle.appendFile(line)
    if (isDurable) await store.handle.datasync()
  } catch (cause) {
    await store.handle.truncate(store.length)
    throw new Error('The event could not be written', { cause })
  }
  store.length += line.length
  store.lines.push(value)
  onWritten?.(value)
  return value
}

/** The whole lines of the file, and how many bytes they are. Reading stops at the first line that is no object. */
async function readWhole(handle) {
  const bytes = await handle.readFile()
  const lines = []
  let length = 0
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, length)) {
    const value = parseLine(bytes.subarray(length, end))
    if (!value) break
    lines.push(value)
    length = end + 1
  }
  return { lines, length }
}

function parseLine(bytes) {
  try {
    const value = JSON.parse(bytes.toString('utf8'))
    return typeof value === 'object' && value ? value : undefined
  } catch {
    return undefined
  }
}

/** A new file's name is on disk only when its folder is. */
async function flushFolder(folder) {
  const handle = await open(folder, 'r')
  await handle.sync().catch(() => {})
  await handle.close()
}

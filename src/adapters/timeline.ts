import { createLineSplitter } from '../lib/line-splitter.ts'
import { MAX_TEXT, readJson } from '../lib/read-json.ts'
import type { AdapterContext, EventAdapter, EventSink } from '../model/adapter.ts'
import { closeCode, request, retryAfter } from './request.ts'

/** Bad lines at the head of a file after which it is no log (a page that a server shows for every address). */
const HOPELESS = 20
/** Longest JSON array, in characters, since it is held whole: 64 Mi. */
const MAX_ARRAY = 64 * 2 ** 20

/**
 * A recorded log: JSON lines or one JSON array, read once; or a feed's `…/index.json`, read in segments as the picture nears them. It closes
 * with `ended` at the end of the file, `gone` where there is none, `protocol` where it is no log; a bad line in a log is told and left out.
 */
export function timeline({ url }: { readonly url: string }): EventAdapter {
  return {
    name: 'timeline',
    recorded: true,
    connect(sink, context) {
      const isFeed = /\/index\.json$/.test(url.replace(/[?#].*/, ''))
      const reading = isFeed
        ? import('./read-recording.ts').then(({ readRecording }) => readRecording(url, sink, context))
        : read(url, sink, context)
      reading.catch((cause) => {
        if (!context.signal.aborted) sink.problem(`timeline: ${cause}`)
        sink.closed({ code: 'network' })
      })
    },
  }
}

async function read(url: string, sink: EventSink, context: AdapterContext) {
  const response = await request(url, context)
  if (!response.ok || !response.body) {
    sink.problem(`timeline: ${url} answered ${response.status}`)
    await response.body?.cancel()
    const code = response.status === 404 ? 'gone' : closeCode(response.status)
    return sink.closed({ code, retryAfter: retryAfter(response.headers) })
  }
  sink.open()
  const log = createLog(sink)
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  for (let done = false; !done; ) {
    const piece = await reader.read()
    done = piece.done
    if (!log(piece.done ? decoder.decode() : decoder.decode(piece.value, { stream: true }), done)) {
      await reader.cancel()
      return sink.closed({ code: 'protocol' })
    }
  }
  sink.closed({ code: 'ended' })
}

/** Feeds the sink piece by piece; false once the text is clearly no log. */
function createLog(sink: EventSink): (piece: string, end: boolean) => boolean {
  let number = 0
  let good = 0
  let bad = 0
  let batch: unknown[] = []
  let array: string | undefined
  let begun = false
  const lines = createLineSplitter((line) => {
    number++
    if (!line.trim()) return
    const value = readJson(line)
    if (value && typeof value === 'object') good = batch.push(value)
    else if (++bad && (good || bad < HOPELESS)) sink.problem(`timeline: line ${number} is no event`)
  }, MAX_TEXT)

  return (piece, end) => {
    if (!begun && /^\s*\[/.test(piece)) array = ''
    begun ||= /\S/.test(piece)
    if (array === undefined) lines(piece, end)
    else array += piece
    if (array && array.length > MAX_ARRAY) {
      sink.problem('timeline: an array of more than 64 Mi characters; write lines, or segments')
      return false
    }
    if (array && end) {
      const value = readJson(array, Number.POSITIVE_INFINITY)
      if (Array.isArray(value)) batch = value
      else bad++
    }
    good += batch.length
    if (batch.length) sink.events(batch)
    batch = []
    return !bad || good > 0 || (bad < HOPELESS && !end)
  }
}

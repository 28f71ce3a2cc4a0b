import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const NAMES = { en: 'English', ru: 'Русский' }
const seconds = (stamp) => stamp.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)

/** The captions in a folder (`captions.en.vtt`, …): language, its own name, and cues in seconds of the loop. */
export function readCaptions(folder) {
  return readdirSync(folder).flatMap((file) => {
    const language = /^captions\.([a-z-]+)\.vtt$/i.exec(file)?.[1]
    if (!language) return []
    return [{ language, name: NAMES[language] ?? language, cues: readCues(readFileSync(join(folder, file), 'utf8')) }]
  })
}

function readCues(text) {
  return text.split(/\n\n+/).flatMap((block) => {
    const [, from, to, words] = /^([\d:.]+) --> ([\d:.]+).*\n([\s\S]*)$/.exec(block.trim()) ?? []
    return from ? [{ from: seconds(from), to: seconds(to), timing: `${from} --> ${to}`, words }] : []
  })
}

/**
 * One segment of captions: every cue that overlaps it, in the loop's own time, tied to the picture's clock by `X-TIMESTAMP-MAP`
 * (RFC 8216 §3.5). A cue that lasts over a border is in both segments, the same to the letter, so that players show it once.
 */
export function captionSegment(cues, number, length, loopSeconds) {
  const perLoop = loopSeconds / length
  const from = (number % perLoop) * length
  const clock = (BigInt(Math.floor(number / perLoop) * loopSeconds) * 90_000n) % 2n ** 33n
  const inside = cues.filter((cue) => cue.from < from + length && cue.to > from)
  const body = inside.map((cue) => `${cue.timing}\n${cue.words}\n`).join('\n')
  return `WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:${clock},LOCAL:00:00:00.000\n\n${body}`
}

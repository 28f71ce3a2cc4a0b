import type Hls from 'hls.js'
import type { Fragment, MediaFragment } from 'hls.js'
import { firstPicture } from './first-picture.ts'
import type { HlsClass } from './load-hls.ts'

/** Segments whose first picture is remembered. */
const KEPT = 200

/**
 * Watches what hls.js loads and answers how many seconds after a fragment's `start` its first picture comes: known for what was
 * loaded, assumed from the last of the same run for the rest, 0 before anything is known.
 */
export function watchLead(HlsJs: HlsClass, hls: Hls): (fragment: MediaFragment) => number {
  const pictures = new Map<string, number>()
  const zeros = new Map<number, number>()
  const latest = new Map<number, number>()
  const key = ({ level, sn }: Fragment) => `${level}/${sn}`

  hls.on(HlsJs.Events.INIT_PTS_FOUND, (_, { frag, initPTS, timescale }) => {
    zeros.set(frag.cc, initPTS / timescale)
  })
  hls.on(HlsJs.Events.FRAG_LOADED, (_, { frag, part, payload }) => {
    const init = frag.initSegment?.data
    const time = init && (part?.index ?? 0) === 0 ? firstPicture(init, payload) : null
    if (time === null) return
    pictures.set(key(frag), time)
    const [oldest] = pictures.keys()
    if (pictures.size > KEPT && oldest !== undefined) pictures.delete(oldest)
  })

  return (fragment) => {
    const picture = pictures.get(key(fragment))
    const zero = zeros.get(fragment.cc)
    const parsed = fragment.elementaryStreams.video?.startPTS
    if (picture !== undefined && zero !== undefined) latest.set(fragment.cc, picture - zero - fragment.start)
    else if (parsed !== undefined) latest.set(fragment.cc, parsed - fragment.start)
    return latest.get(fragment.cc) ?? 0
  }
}

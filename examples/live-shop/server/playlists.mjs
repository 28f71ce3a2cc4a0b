/** The playlist of playlists: renditions with their sizes and codecs, and captions. `address` names a rendition's own playlist. */
export function masterPlaylist(renditions, captions, address = (name) => `${name}/index.m3u8`) {
  const lines = ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS']
  for (const { language, name } of captions) {
    lines.push(
      `#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="captions",NAME="${name}",LANGUAGE="${language}",DEFAULT=NO,AUTOSELECT=YES,URI="captions-${language}/index.m3u8"`,
    )
  }
  for (const { name, bandwidth, averageBandwidth, width, height, codecs } of renditions) {
    const group = captions.length > 0 ? ',SUBTITLES="captions"' : ''
    lines.push(
      `#EXT-X-STREAM-INF:BANDWIDTH=${bandwidth},AVERAGE-BANDWIDTH=${averageBandwidth},RESOLUTION=${width}x${height},FRAME-RATE=25.000,CODECS="${codecs}",CLOSED-CAPTIONS=NONE${group}`,
      address(name),
    )
  }
  return `${lines.join('\n')}\n`
}

/**
 * The segments from `first` up to, not including, `next`, each with the date of its first frame (RFC 8216 §4.3.2.6). `length` is in
 * seconds; a live playlist asks players to stay four segments behind its end.
 */
export function mediaPlaylist({ first, next, startedAt, ended, type }, length, kind) {
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.ceil(length)}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
  ]
  if (type) lines.push(`#EXT-X-PLAYLIST-TYPE:${type}`)
  else lines.push(`#EXT-X-SERVER-CONTROL:HOLD-BACK=${(length * 4).toFixed(1)}`)
  lines.push(`#EXT-X-MEDIA-SEQUENCE:${first}`, '#EXT-X-DISCONTINUITY-SEQUENCE:0')
  if (kind === 'm4s') lines.push('#EXT-X-MAP:URI="init.mp4"')
  for (let number = first; number < next; number++) {
    const date = new Date(startedAt + number * length * 1000).toISOString()
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${date}`, `#EXTINF:${length.toFixed(3)},`, `${number}.${kind}`)
  }
  if (ended) lines.push('#EXT-X-ENDLIST')
  return `${lines.join('\n')}\n`
}

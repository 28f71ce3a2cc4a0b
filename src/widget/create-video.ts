/** The one video element of a widget, silent and in place. Attributes and properties both: Safari reads the one, some reset the other. */
export function createVideo(): HTMLVideoElement {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.setAttribute('muted', '')
  video.setAttribute('playsinline', '')
  video.setAttribute('part', 'video')
  video.disableRemotePlayback = true
  return video
}

import type { PlayerOptions } from '../model/player.ts'

/** Caption files beside the video. */
export interface SidecarCaptions {
  /** `none`: there are none, or none of them could be had. */
  state(): 'none' | 'off' | 'on'
  set(on: boolean): void
}

/**
 * Adds a `<track>` for the viewer's language (else the first). Cues are drawn by the browser, which makes text of them and nothing
 * else (WebVTT §6.4 knows no scripts). A file of another origin is read as text first, since a `<track>` would ask for CORS
 * on the video itself.
 */
export function sidecarCaptions(
  { video, source, locale, signal }: PlayerOptions,
  onChange: () => void,
): SidecarCaptions {
  const files = source.captions === 'stream' ? [] : (source.captions ?? [])
  const speaks = (language: string) => files.find(({ lang }) => lang.split('-')[0] === language.split('-')[0])
  const file = [locale, ...navigator.languages].map(speaks).find(Boolean) ?? files[0]
  let state: 'none' | 'off' | 'on' = 'none'
  if (!file) return { state: () => 'none', set() {} }

  const track = document.createElement('track')
  const become = (next: typeof state) => {
    state = next
    onChange()
  }
  track.kind = 'captions'
  track.srclang = file.lang
  track.label = file.label
  track.addEventListener('load', () => state === 'none' && become('off'), { signal })
  track.addEventListener('error', () => become('none'), { signal })
  signal.addEventListener('abort', () => track.remove())
  void address(file.src, signal).then((src) => {
    if (src === null || signal.aborted) return
    track.src = src
    video.append(track)
    track.track.mode = 'hidden'
  })
  return {
    state: () => state,
    set(on) {
      if (state === 'none') return
      track.track.mode = on ? 'showing' : 'hidden'
      become(on ? 'on' : 'off')
    },
  }
}

/** An address that a `<track>` may load; `null` where the file cannot be had. */
async function address(src: string, signal: AbortSignal): Promise<string | null> {
  try {
    if (new URL(src, location.href).origin === location.origin) return src
    const response = await fetch(src, { signal })
    if (!response.ok) return null
    const url = URL.createObjectURL(new Blob([await response.text()], { type: 'text/vtt' }))
    signal.addEventListener('abort', () => URL.revokeObjectURL(url))
    return url
  } catch {
    return null
  }
}

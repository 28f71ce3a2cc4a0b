import type { ShellModel } from './context.ts'

/** Seconds that an arrow skips. */
const SKIP = 10

/**
 * The player's keys: Space or K plays and pauses, M mutes, C shows captions, the arrows skip in a recording, End goes live. Only where the focus is
 * in the player and not where one writes or chooses; keys with Ctrl, Alt or Meta are the browser's.
 */
export function pressKey(event: KeyboardEvent, { state, commands }: Pick<ShellModel, 'state' | 'commands'>): void {
  const { target } = event
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element)) return
  if (target.closest('input, textarea, select, [contenteditable]')) return
  if (event.key === ' ' && target.closest('button, a, summary')) return
  const playback = state.$playback.get()
  const { phase, captions, position, live, muted } = playback
  const skip = (seconds: number) => {
    const [start, end] = playback.seekable
    const turned = getComputedStyle(target).direction === 'rtl' ? -seconds : seconds
    if (!live) commands.seek(Math.min(end, Math.max(start, position + turned)))
  }
  const acts: Record<string, () => void> = {
    ' ': () => (phase === 'playing' || phase === 'waiting' ? commands.pause() : commands.play()),
    m: () => commands.setMuted(!muted),
    c: () => captions !== 'none' && commands.setCaptions(captions !== 'on'),
    ArrowLeft: () => skip(-SKIP),
    ArrowRight: () => skip(SKIP),
    End: () => live && commands.goLive(),
  }
  acts.k = acts[' '] as () => void
  const act = acts[nameOf(event)]
  if (!act) return
  event.preventDefault()
  act()
}

/** The key's letter on any keyboard: by its place where the layout is not Latin. */
function nameOf({ key, code }: KeyboardEvent): string {
  if (key.length > 1 || key === ' ') return key
  return /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace('Key', '').toLowerCase()
}

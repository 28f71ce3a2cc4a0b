/** The words of the first paint in English; the rest is in `en.ts`. */
export const firstEn = {
  'launcher.open': 'Watch & shop',
  'player.label': 'Live shopping',
  'player.close': 'Close',
  'player.minimise': 'Keep watching small',
  'stage.live': 'LIVE',
  'stage.replay': 'Replay',
  'stage.soon': 'Soon',
  'stage.watching.one': '{count} watching',
  'stage.watching.other': '{count} watching',
  'stage.mute': 'Mute',
  'stage.unmute': 'Unmute',
  'stage.sound': 'Tap for sound',
  'stage.captions': 'Captions',
  'stage.waiting': 'One moment…',
  'error.retry': 'Try again',
  'chunk.failed': 'This part could not be loaded.',
} as const

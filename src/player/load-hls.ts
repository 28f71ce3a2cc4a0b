/** hls.js as a class. */
export type HlsClass = typeof import('hls.js').default

/** Loads hls.js: the light build, or the full one where captions come in the stream. Rejects where the chunk cannot be had. */
export async function loadHls(full: boolean): Promise<HlsClass> {
  return (full ? await import('hls.js') : await import('hls.js/light')).default
}

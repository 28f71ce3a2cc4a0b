/** Loads the browser's own engine, which few viewers need. Rejects where the chunk cannot be had. */
export const loadNative = () => import('./native-engine.ts')

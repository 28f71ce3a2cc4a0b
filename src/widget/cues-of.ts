import type { EventAdapter, MetadataCues } from '../model/adapter.ts'

/** Whether an adapter, or one beside it, reads the cues that are in the stream. */
export const readsCues = (adapter: EventAdapter | null): boolean =>
  [adapter, ...(adapter?.beside ?? [])].some((one) => one?.readsCues)

/**
 * The cues of a picture; the code that reads them is loaded when somebody wants them.
 * @param onFail is told where it did not load
 */
export function cuesOf(video: HTMLVideoElement, onFail: (cause: unknown) => void): MetadataCues {
  return {
    subscribe(onCue) {
      const over = new AbortController()
      import('../player/metadata-cues.ts').then(({ metadataCues }) => {
        if (!over.signal.aborted) over.signal.addEventListener('abort', metadataCues(video).subscribe(onCue))
      }, onFail)
      return () => over.abort()
    },
  }
}

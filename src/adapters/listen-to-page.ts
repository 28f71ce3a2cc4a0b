import type { LinkEnvironment } from './link-environment.ts'

/** Tells what happens to the page and its network, until the signal aborts. `leave`: it may be kept in the back-forward cache, without connections. */
export function listenToPage(
  { window, document }: LinkEnvironment,
  signal: AbortSignal,
  { setOffline, leave, wake }: { setOffline(offline: boolean): void; leave(): void; wake(): void },
): void {
  const listen = (target: EventTarget | undefined, type: string, run: () => void) =>
    target?.addEventListener(type, run, { signal })
  listen(window, 'offline', () => setOffline(true))
  listen(window, 'online', () => {
    setOffline(false)
    wake()
  })
  listen(window, 'pagehide', leave)
  listen(window, 'pageshow', wake)
  listen(document, 'visibilitychange', () => {
    if (document?.visibilityState === 'visible') wake()
  })
}

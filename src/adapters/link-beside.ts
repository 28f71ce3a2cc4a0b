import { createLink, type LinkOptions } from './link.ts'

/**
 * A link for each adapter that runs beside the log's own: with its own attempts and backoff, on the same clock. What it brings joins the same
 * events; its comings and goings do not show, since the show goes on without it.
 */
export function linkBeside(options: LinkOptions): void {
  for (const adapter of options.adapter.beside ?? [])
    createLink({
      ...options,
      adapter,
      onReset() {},
      onStatus(status, code) {
        if (status === 'denied' || status === 'reconnecting')
          options.onProblem(`${adapter.name}, beside the log: ${status}${code ? `, ${code}` : ''}`)
      },
    })
}

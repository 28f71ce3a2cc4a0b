import { createLink, type Link, type LinkOptions } from './link.ts'

/**
 * A link for each adapter that runs beside the log's own: with its own attempts and backoff, on the same clock. What it brings joins the same
 * events; its comings and goings do not show, since the show goes on without it. A place in the log is refused, whatever way it comes.
 * @param main the log's own link
 * @returns the same, with the counts of all
 */
export function linkBeside(options: LinkOptions, main: Link): Link {
  const links = (options.adapter.beside ?? []).map((adapter) => linkOne(options, adapter))
  return {
    send: main.send,
    get counts() {
      const sum = { ...main.counts }
      for (const { counts } of links)
        for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += counts[key]
      return sum
    },
  }
}

function linkOne(options: LinkOptions, adapter: LinkOptions['adapter']): Link {
  return createLink({
    ...options,
    adapter: { name: adapter.name, connect: (sink, context) => adapter.connect(sink, context) },
    isBeside: true,
    onReset() {},
    onProblem: (problem) => options.onProblem(`${adapter.name}, beside the log: ${problem}`),
    onStatus(status, code) {
      if (status === 'denied' || status === 'reconnecting')
        options.onProblem(`${adapter.name}, beside the log: ${status}${code ? `, ${code}` : ''}`)
    },
  })
}

import { afterEach } from 'vitest'
import type { AdapterContext, CloseCode, EventAdapter, Since } from '../../src/model/adapter.ts'

/** What an adapter told in one attempt. */
export interface Heard {
  /** Names of the calls, in order; an empty delivery (a sign of life) is `life`. */
  readonly calls: string[]
  readonly raw: unknown[]
  readonly tokens: (string | undefined)[]
  readonly problems: string[]
  readonly newest: unknown[]
  readonly samples: { readonly sentAt: number; readonly receivedAt: number; readonly serverAt: number }[]
  closed?: CloseCode
  /** Places of the host events heard so far. */
  seqs(): number[]
  stop(): void
}

/** One attempt of an adapter, written down. */
export function hearAdapter(adapter: EventAdapter, since?: Since, more: Partial<AdapterContext> = {}): Heard {
  const abort = new AbortController()
  const heard: Heard = {
    calls: [],
    raw: [],
    tokens: [],
    problems: [],
    newest: [],
    samples: [],
    seqs: () =>
      heard.raw
        .flatMap((item) => (typeof item === 'string' ? JSON.parse(item) : item))
        .flatMap((event) => Object(event).seq ?? []),
    stop: () => abort.abort(),
  }
  const note = (call: string) => void heard.calls.push(call)
  adapter.connect(
    {
      open: () => note('open'),
      events(raw, token) {
        note(raw.length ? 'events' : 'life')
        heard.raw.push(...raw)
        if (raw.length) heard.tokens.push(token)
      },
      newest: (place) => void heard.newest.push(place),
      clock: (sample) => void heard.samples.push(sample),
      problem: (text) => void heard.problems.push(text),
      closed({ code }) {
        note('closed')
        heard.closed ??= code
      },
    },
    { signal: abort.signal, fetch: (...args) => fetch(...args), locale: 'en', since, ...more },
  )
  return heard
}

/** {@link hearAdapter} for a suite, called among its hooks: the attempts of each test end with it, before what was hooked earlier is taken down. */
export function hearInTests(): typeof hearAdapter {
  const heards: Heard[] = []
  afterEach(() => {
    for (const heard of heards.splice(0)) heard.stop()
  })
  return (...given) => {
    const heard = hearAdapter(...given)
    heards.push(heard)
    return heard
  }
}

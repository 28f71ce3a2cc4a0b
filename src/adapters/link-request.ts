import type { LinkEnvironment } from './link-environment.ts'

/** Ms for a request to be answered, an action to be told. */
const TIMEOUT = 10_000

/** One request, given up after {@link TIMEOUT} or with the link. */
export function linkRequest<T>(
  run: (signal: AbortSignal) => Promise<T> | undefined,
  env: LinkEnvironment,
  signal: AbortSignal,
): Promise<T | undefined> {
  const inner = new AbortController()
  const own = inner.signal
  return new Promise<T | undefined>((resolve, reject) => {
    const give = () => reject('no answer in time')
    own.addEventListener('abort', env.wait(TIMEOUT, give))
    signal.addEventListener('abort', give, { signal: own })
    if (signal.aborted) give()
    // Not `resolve(run(…))`: that would settle with it and make the time limit void.
    else Promise.resolve(run(own)).then(resolve, reject)
  }).finally(() => inner.abort())
}

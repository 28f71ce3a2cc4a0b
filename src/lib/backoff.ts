/**
 * Full jitter, so that thousands of clients cut at once do not return at once
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 * @param attempt failed attempts so far, from 0
 * @param base window of the first wait, ms; it doubles with each attempt
 * @param cap longest window, ms
 * @returns ms to wait
 */
export function backoff(attempt: number, random: () => number, base = 1000, cap = 20_000): number {
  return random() * Math.min(cap, base * 2 ** Math.min(attempt, 30))
}

/** Makes a function that acts at once, then at most once every `pace` ms, the last time after the last call. It stops with the signal. */
export function paced(act: () => void, pace: number, signal: AbortSignal): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let again = false
  const run = () => {
    timer = undefined
    if (!again || signal.aborted) return
    again = false
    act()
    timer = setTimeout(run, pace)
  }
  return () => {
    again = true
    if (timer === undefined) run()
  }
}

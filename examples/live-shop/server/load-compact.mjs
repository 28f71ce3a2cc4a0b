/**
 * `compact` of castcart/room, from the build, loaded when the first snapshot is asked for.
 * @returns {() => Promise<(events: readonly object[], place: { epoch: string, seq: number, at: number }) => object>}
 */
export function createCompactLoader() {
  let loading
  return () => {
    loading ??= import(new URL('../../../dist/room.js', import.meta.url).href).then(({ compact }) => compact)
    loading.catch(() => {
      loading = undefined
    })
    return loading
  }
}

/** What `castcart/room` exports, from the build, loaded when it is first asked for. */
function createLoader(name) {
  let loading
  return () => {
    loading ??= import(new URL('../../../dist/room.js', import.meta.url).href).then((room) => room[name])
    loading.catch(() => {
      loading = undefined
    })
    return loading
  }
}

/** @returns {() => Promise<(events: readonly object[], place: { epoch: string, seq: number, at: number }) => object>} */
export const createCompactLoader = () => createLoader('compact')

/** @returns {() => Promise<(events: readonly object[], history: readonly object[]) => object[]>} */
export const createOfferLogLoader = () => createLoader('offerLog')

/** How many of a list come first by `isFirst`, which holds for its beginning and for nothing after that. Takes the logarithm of its length. */
export function countWhile<T>(list: readonly T[], isFirst: (one: T) => boolean): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isFirst(list[middle] as T)) low = middle + 1
    else high = middle
  }
  return low
}

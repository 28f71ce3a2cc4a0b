/** The value that a part `q` (0 to 1) of a list is not above, by nearest rank; `NaN` of nothing. */
export function quantile(list, q) {
  const sorted = [...list].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN
}

export const median = (list) => quantile(list, 0.5)

/** A table in markdown; the first row is its head. */
export function table(rows) {
  const [head = [], ...body] = rows
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, index) => (index ? '---:' : '---'))), ...body.map(line)].join('\n')
}

/** Milliseconds, kept to what can be told apart. */
export const ms = (value) => `${Math.abs(value) < 10 ? value.toFixed(1) : Math.round(value)} ms`

/** Whether a code is among these; stores are free with its case. */
export const hasCode = (codes: readonly string[], code: string): boolean =>
  codes.some((one) => one.toLowerCase() === code.toLowerCase())

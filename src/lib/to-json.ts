/**
 * JSON of plain data that no page can bend: `toJSON` methods are not called, since Prototype.js below 1.7 puts one on
 * `Array.prototype` that turns every list into a string. `undefined` fields are left out.
 */
export function toJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toJson).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${toJson(field)}`).join()}}`
}

/** What is wrong with what was written. */
export type FieldFault = 'empty' | 'email' | 'phone'

/** A field that the form knows how to ask for; any other is one line of text under the shop's own name for it. */
export interface KnownField {
  readonly type: 'text' | 'tel' | 'email' | 'date'
  readonly autocomplete: 'name' | 'tel' | 'email' | 'address-level2' | 'off'
  readonly isOptional?: boolean
}

/** The fields that have words and a keyboard of their own. */
export const KNOWN_FIELDS: ReadonlyMap<string, KnownField> = new Map([
  ['name', { type: 'text', autocomplete: 'name' }],
  ['phone', { type: 'tel', autocomplete: 'tel' }],
  ['email', { type: 'email', autocomplete: 'email' }],
  ['city', { type: 'text', autocomplete: 'address-level2' }],
  ['date', { type: 'date', autocomplete: 'off' }],
  ['message', { type: 'text', autocomplete: 'off', isOptional: true }],
])

/** Only what could not reach anyone is a fault: real addresses and numbers come in many shapes. */
export function faultOf(name: string, value: string): FieldFault | undefined {
  const text = value.trim()
  if (!text) return KNOWN_FIELDS.get(name)?.isOptional ? undefined : 'empty'
  if (name === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return 'email'
  if (name === 'phone' && (text.match(/\d/g)?.length ?? 0) < 5) return 'phone'
  return undefined
}

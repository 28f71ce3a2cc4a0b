import { CastcartError } from '../model/error.ts'

/**
 * A setting that a bridge cannot work without, as `{ bridge: …, [name]: value }` or the factory's option.
 * @throws CastcartError `bad-options` where it is no text
 */
export function needSetting(value: unknown, bridge: string, name: string): string {
  if (typeof value === 'string' && value) return value
  throw new CastcartError('bad-options', `cart: ${bridge} needs "${name}"`)
}

/** Installs Medusa and fills a shop that each start gets a copy of. */
export function prepareMedusa(log: (line: string) => void): Promise<void>

/** A real Medusa on loopback, with a PostgreSQL of its own. */
export interface Medusa {
  readonly url: string
  readonly publishableKey: string
  readonly regionId: string
  /** A region in dollars, where a tax of a tenth comes on top. */
  readonly overseasId: string
  readonly salesChannelId: string
  /** Sets what is left of a variant, as the shop's staff does. */
  setStock(sku: string, pieces: number): Promise<void>
  /** Sets a variant's price, minor units. */
  setPrice(sku: string, price: number): Promise<void>
  stop(): Promise<void>
}

/** Starts it with a shop of its own; rejects where it was not prepared. */
export function startMedusa(): Promise<Medusa>

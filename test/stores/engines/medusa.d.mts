/** Installs Medusa and fills a shop that each start gets a copy of. */
export function prepareMedusa(log: (line: string) => void): Promise<void>

/** A real Medusa on loopback, with a PostgreSQL of its own. */
export interface Medusa {
  readonly url: string
  readonly publishableKey: string
  readonly regionId: string
  readonly salesChannelId: string
  /** Sets what is left of a variant, as the shop's staff does. */
  setStock(sku: string, pieces: number): Promise<void>
  stop(): Promise<void>
}

/** Starts it with a shop of its own; rejects where it was not prepared. */
export function startMedusa(): Promise<Medusa>

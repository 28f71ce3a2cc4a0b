/** Installs Vendure and fills a shop that each start gets a copy of. */
export function prepareVendure(log: (line: string) => void): Promise<void>

/** A real Vendure on loopback. */
export interface Vendure {
  readonly url: string
  /** Its Shop API. */
  readonly api: string
  /** Sets what is left of a variant, as the shop's staff does. */
  setStock(sku: string, pieces: number): Promise<void>
  /** Sets a variant's price, minor units. */
  setPrice(sku: string, price: number): Promise<void>
  stop(): Promise<void>
}

/** Starts it with a shop of its own; rejects where it was not prepared. */
export function startVendure(): Promise<Vendure>

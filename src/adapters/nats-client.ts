/** A message of a NATS client. */
export interface NatsMessage {
  readonly subject: string
  readonly reply?: string | undefined
  readonly data: Uint8Array
  readonly headers?: { readonly code: number } | undefined
}

/** What is used of a NATS connection; read from @nats-io/nats-core 3.4.0, and nats.ws 1.30 has the same. */
export interface NatsClient {
  subscribe(
    subject: string,
    options: { callback(error: Error | null, message: NatsMessage): void },
  ): { unsubscribe(): void }
  /** `noMux`: by a subscription of its own, since one for all answers that the line has lost stays lost until the client redials. */
  request(subject: string, payload: string, options: { timeout: number; noMux: true }): Promise<NatsMessage>
  /** Resolves when what was sent has reached the server; while the client redials, when it is back. */
  flush(): Promise<void>
  status(): AsyncIterable<{ readonly type: string }> & { stop?(): void }
  isClosed(): boolean
  /** Has the client dial anew; not in nats.ws. */
  reconnect?(): Promise<void>
}

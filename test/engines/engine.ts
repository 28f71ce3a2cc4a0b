import type { EventAdapter } from '../../src/model/adapter.ts'
import type { LogServer } from './log-server.ts'

/** A real message server that runs, and how shows are put on it. */
export interface Engine {
  /** A show of its own, beside any others. */
  openShow(name: string): Promise<EngineShow>
  stop(): Promise<void>
}

/** One show on an engine. */
export interface EngineShow {
  readonly log: Pick<LogServer, 'url' | 'epoch' | 'events' | 'append'>
  /** Where viewers connect, `http://host:port/`: what a proxy is put in front of. */
  readonly target: string
  /** Sends an event that was appended to the log. */
  publish(event: object): void | Promise<void>
  /** A viewer's adapter. The addresses end with a slash. */
  viewer(at: { readonly engine: string; readonly log: string }): Promise<EngineViewer>
  stop(): Promise<void>
}

/** A viewer's end, with the client that the shop would own. */
export interface EngineViewer {
  readonly adapter: EventAdapter
  close(): void | Promise<void>
}

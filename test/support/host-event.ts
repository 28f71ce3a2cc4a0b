/** What a host's event of a small log holds; it is checked where it is folded. */
export interface HostEvent {
  readonly v: 1
  readonly epoch: string
  readonly seq: number
  readonly id: string
  readonly at: number
  readonly type: string
  readonly data: unknown
}

/** The event `seq` of the log `e`, at `at` ms. */
export const hostEvent = (seq: number, type: string, at: number, data: unknown): HostEvent => ({
  ...{ v: 1, epoch: 'e', seq, id: `e${seq}`, at, type, data },
})

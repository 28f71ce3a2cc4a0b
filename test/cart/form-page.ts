import { type FormOptions, form } from '../../src/cart/form.ts'
import type { Cart, CartBridge, CartContext, CartLine, CartResult } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'

/** A bridge that lives in the page, driven from outside by what can be sent there. */
export interface FormPage {
  open(options: FormOptions): void
  add(line: CartLine): Promise<CartResult>
  read(): Promise<Cart | undefined>
  products(list: readonly ProductInput[]): Promise<readonly ProductInput[] | undefined>
  /** Names of events that the page heard, and violations of its policy. */
  readonly log: string[]
}

const log: string[] = []
let bridge: CartBridge | undefined
const context: CartContext = { fetch: fetch.bind(window), locale: 'en', signal: new AbortController().signal }
const formPage: FormPage = {
  open(options) {
    bridge = form(options)
    for (const name of options.events ?? []) document.body.addEventListener(name, () => log.push(name))
  },
  async add(line) {
    if (!bridge) throw new Error('not opened')
    return bridge.add(line, context)
  },
  read: async () => bridge?.read?.(context),
  products: async (list) => bridge?.products?.(list, context),
  log,
}
document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => log.push(violatedDirective))
Object.assign(window, { formPage })

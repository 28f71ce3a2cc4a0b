// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Options } from '../../src/model/options.ts'
import { createState } from '../../src/state/create-state.ts'
import type { CommandOptions } from '../../src/widget/acts.ts'
import { checkout } from '../../src/widget/acts.ts'

/** Goes to the checkout of a cart with this address; what was opened beside the page, and how often the store was asked in this tab. */
async function leave(wanted: Options['checkout'], checkoutUrl?: string) {
  const stores = createState()
  const money = { amount: 0, currency: 'EUR' }
  stores.$cart.set({ items: [], quantity: 0, total: money, checkoutUrl })
  const opened = vi.spyOn(window, 'open').mockReturnValue(null)
  const here = vi.fn(async () => true)
  const given = {
    stores,
    options: { show: '/s.json', checkout: wanted },
    announcer: { ask: () => false },
    session: { now: () => ({ goods: { leaving() {} }, shop: { checkout: here } }) },
  }
  await checkout(given as unknown as CommandOptions)
  return { opened: opened.mock.calls, here: here.mock.calls.length, notice: stores.$notice.get() }
}
const address = 'https://shop.example/checkout'

describe('checkout', () => {
  afterEach(() => void vi.restoreAllMocks())

  it('opens a tab of its own where the page wants that and the store tells the address', async () => {
    const { opened, here } = await leave('new', address)
    expect([opened, here]).toEqual([[[address, '_blank', 'noopener']], 0])
  })

  it.each([
    ['the page does not want another', 'same', address],
    ['the page says nothing', undefined, address],
    ['the store tells no address', 'new', undefined],
    ['the address is none to go to', 'new', 'javascript:alert(1)'],
  ] as const)('stays in this tab where %s', async (_, wanted, url) => {
    const { opened, here, notice } = await leave(wanted, url)
    expect([opened, here, notice]).toEqual([[], 1, null])
  })
})

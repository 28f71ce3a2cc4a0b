/** The demo's scripted show, played through by the desk's own parts on a clock of its own: what was done, what came of it, the log. */
import { createAutopilot } from '../../examples/live-shop/server/create-autopilot.mjs'
import { createShop } from '../../examples/live-shop/server/create-shop.mjs'
import { openShow } from '../../examples/live-shop/server/create-show.mjs'
import { createGuests } from '../../examples/live-shop/server/guest-script.mjs'
import { createHostCommands } from '../../examples/live-shop/server/host-commands.mjs'
import { placeOrder } from '../../examples/live-shop/server/place-order.mjs'
import { createActions } from '../../examples/live-shop/server/take-action.mjs'

const STEP = 250

/** @param {{ folder: string, seconds: number }} options */
export async function playDemo({ folder, seconds }) {
  const startedAt = 1_800_000_000_000
  const time = { now: startedAt }
  const now = () => time.now
  const shop = createShop({ now })
  const show = await openShow({
    ...{ folder, epoch: 'played', hostName: 'Mira', now },
    ...{ addCode: shop.addCode, isOrder: shop.isOrder },
  })
  const autopilot = createAutopilot({ isOn: true, now })
  const desk = { show, now, products: shop.catalogue, setStock: shop.setStock, autopilot }
  const commands = createHostCommands(desk)
  const { take } = createActions({ currentShow: () => show, now })
  const guests = createGuests({ take, order: (what) => placeOrder({ shop, show }, what) })
  const did = []
  const acted = []
  const hands = {
    run: async (command) => did.push({ ...command, answer: await commands.run(command) }),
    act: async (current, line) => acted.push({ ...line, answer: await guests.act(current, line) }),
  }
  await show.publish('show.state', { status: 'live' })
  for (; time.now < startedAt + seconds * 1000; time.now += STEP) {
    await show.tick({ audience: 12 })
    await autopilot.tick(show, hands)
  }
  const { events } = show
  await show.close()
  return { did, acted, events }
}

import { cardCommands } from './commands/cards.mjs'
import { chatCommands } from './commands/chat.mjs'
import { offerCommands } from './commands/offers.mjs'
import { pollCommands } from './commands/polls.mjs'
import { productCommands } from './commands/products.mjs'
import { questionCommands } from './commands/questions.mjs'
import { raffleCommands } from './commands/raffles.mjs'
import { Refusal, refuse } from './commands/refuse.mjs'
import { showCommands } from './commands/show.mjs'

const COMMANDS = {
  ...showCommands,
  ...productCommands,
  ...offerCommands,
  ...chatCommands,
  ...questionCommands,
  ...pollCommands,
  ...raffleCommands,
  ...cardCommands,
}

/** The names of all that the host can do. */
export const COMMAND_NAMES = Object.keys(COMMANDS)

/**
 * What the host can do, each one host event or a few. `run` resolves once they are on disk. The same key again finds the
 * event that it wrote, even after a restart, and writes nothing.
 * @param {object} desk see `createDesk`
 */
export function createHostCommands(desk) {
  return {
    /**
     * @param {{ name: string, key: string, data?: Record<string, any> }} command
     * @returns {Promise<{ ok: true, event?: object } | { ok: false, message: string }>}
     */
    async run({ name, key, data = {} }) {
      if (!Object.hasOwn(COMMANDS, name)) return { ok: false, message: `There is no command "${name}"` }
      const id = `h-${key}`
      const { show } = desk
      const before = show.events.find((event) => event.id === id)
      if (before) return { ok: true, event: before }
      try {
        return { ok: true, event: await COMMANDS[name]({ ...desk, show, publish: publisher(show, id, name) }, data) }
      } catch (error) {
        if (error instanceof Refusal) return { ok: false, message: error.message }
        throw error
      }
    },
  }
}

/** What may be done when a show is over: entries that ended with it wait to be drawn. */
const AFTER_THE_END = ['draw-raffle']

/** Writes an event under the command's own id, unless the show is over. */
const publisher = (show, id, name) => (type, data) => {
  if (show.facts.status === 'ended' && !AFTER_THE_END.includes(name)) refuse('The show has ended: start a new one')
  return show.publish(type, data, { id })
}

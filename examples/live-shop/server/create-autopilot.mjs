import { randomUUID } from 'node:crypto'
import { GUEST_SCRIPT } from './guest-script.mjs'
import { SCRIPT, SCRIPT_SECONDS } from './play-script.mjs'
import { IN_HAND, LOOP_SECONDS, OFFERS, TURN_SECONDS, TURNS } from './run-of-show.mjs'

/** Seconds for which the autopilot keeps its hands off what the host has just done. */
const YIELD = 60

/** Seconds of a turn without which it is not worth beginning: its product would be gone as soon as it is pinned. */
const WORTH = 3

/**
 * The scripted host: pins what the picture shows, writes in the chat, opens an offer each time round. What the host does
 * by hand goes first: after a pin or an offer of hers it leaves those alone for a minute.
 * @param {{ isOn: boolean, now?: () => number }} options
 */
export function createAutopilot({ isOn, now = Date.now }) {
  const pilot = {
    isOn,
    turn: undefined,
    offered: undefined,
    said: undefined,
    played: undefined,
    until: { pin: 0, offer: 0, say: 0, play: 0 },
    isBusy: false,
  }
  return {
    get isOn() {
      return pilot.isOn
    },
    set(on) {
      pilot.isOn = on
      pilot.turn = undefined
    },
    /** The host has just done this by hand. @param {string} command */
    giveWay(command) {
      const kind = KINDS.find(([, pattern]) => pattern.test(command))?.[0]
      if (kind) pilot.until[kind] = now() + (kind === 'say' ? 10 : YIELD) * 1000
    },
    /**
     * Looks at the clock; does what is due.
     * @param {object} show
     * @param {{ run: (command: object) => Promise<unknown>, act: (show: object, line: object) => Promise<unknown> }} hands `run`: as the
     *   host; `act`: as a scripted viewer
     */
    async tick(show, hands) {
      const { status } = show.facts
      if (!pilot.isOn || pilot.isBusy || (status !== 'live' && status !== 'paused')) return
      if (show.startedAt === undefined) return
      pilot.isBusy = true
      try {
        const run = (name, data) => hands.run({ name, key: randomUUID(), data })
        const seconds = (now() - show.startedAt) / 1000 - IN_HAND
        if (seconds >= 0 && status === 'live') await talk(pilot, show, { seconds, now, run })
        if (seconds >= 0) await play(pilot, show, { seconds, now, run, act: hands.act })
      } finally {
        pilot.isBusy = false
      }
    },
  }
}

/** What of the host's commands keeps the autopilot from what. */
const KINDS = [
  ['pin', /pin$/],
  ['offer', /-offer$/],
  ['say', /^say$/],
  ['play', /-(poll|raffle|card)$/],
]

/** Pins what the picture shows, writes in the chat, opens an offer each time round. */
async function talk(pilot, show, { seconds, now, run }) {
  const turn = Math.floor(seconds / TURN_SECONDS)
  const round = Math.floor(seconds / LOOP_SECONDS)
  const since = seconds - turn * TURN_SECONDS
  if (pilot.turn !== turn && since > TURN_SECONDS - WORTH) return
  const { product, lines } = TURNS[turn % TURNS.length]
  if (pilot.turn !== turn) {
    pilot.turn = turn
    const isPinned = show.facts.pinned.length === 1 && show.facts.pinned[0] === product
    if (now() >= pilot.until.pin && !isPinned) await run('pin', { ids: [product] })
  }
  if (pilot.said !== turn && since > 4) {
    pilot.said = turn
    if (now() >= pilot.until.say) await run('say', { text: lines[round % lines.length] })
  }
  const offer = OFFERS[round % OFFERS.length]
  if (pilot.offered !== round && turn % TURNS.length === offer.turn && since > 1.5) {
    pilot.offered = round
    const isOpen = [...show.facts.offers.values()].some(({ terms, closed }) => !closed && terms?.kind === 'percent')
    if (now() >= pilot.until.offer && !isOpen) await run('open-offer', offer)
  }
}

const LINES = [...SCRIPT, ...GUEST_SCRIPT].sort((one, other) => one.at - other.at)

/** The next lines of both scripts whose second has come; what was missed by more than ten seconds is left out. */
async function play(pilot, show, { seconds, now, run, act }) {
  const before = pilot.played ?? seconds
  pilot.played = seconds
  for (const line of LINES) {
    const due = Math.floor((seconds - line.at) / SCRIPT_SECONDS) * SCRIPT_SECONDS + line.at
    if (due <= before || seconds - due > 10) continue
    if ('guest' in line) await act(show, line)
    else if (now() >= pilot.until[/-offer$/.test(line.command) ? 'offer' : 'play']) await command(show, line, run)
  }
}

async function command(show, { command: name, data }, run) {
  const wanted = typeof data === 'function' ? data(show) : data
  if (wanted && !('id' in wanted && wanted.id === undefined)) await run(name, wanted)
}

import { describe, expect, it } from 'vitest'
import { createAutopilot } from '../../examples/live-shop/server/create-autopilot.mjs'
import { SCRIPT, SCRIPT_SECONDS } from '../../examples/live-shop/server/play-script.mjs'
import { startTestDemo } from '../support/desk-demo.ts'

interface Command {
  readonly name: string
  readonly data: Record<string, unknown>
}

/** What the scripted host does in so many seconds of a show, and when. */
async function watch(seconds: number, from = 64, before = (_pilot: ReturnType<typeof createAutopilot>) => {}) {
  const startedAt = 1_800_000_000_000
  const time = { now: startedAt + from * 1000 }
  const did: (Command & { readonly at: number })[] = []
  const pilot = createAutopilot({ isOn: true, now: () => time.now })
  before(pilot)
  const facts = { status: 'live', pinned: [], offers: new Map(), cards: new Map([['k1', {}]]) }
  const talk = { questions: { list: () => [{ id: 'q1' }] }, events: [{ type: 'chat.message', seq: 2, id: 'm1' }] }
  const show = { startedAt, facts, raffles: { list: () => [{ id: 'r1', closedAt: 1 }] }, ...talk }
  const run = async (command: Command) => {
    did.push({ ...command, at: (time.now - startedAt) / 1000 })
    return { ok: true }
  }
  for (; time.now < startedAt + (from + seconds) * 1000; time.now += 250) await pilot.tick(show, run)
  return { did }
}

describe('the script of the demo', () => {
  it('plays every kind of offer, polls, giveaways and cards within five minutes', async () => {
    const { did } = await watch(300)
    const kinds = did.map(({ name, data }) => `${name} ${data.kind ?? data.entry ?? data.quiz ?? ''}`)
    const offers = ['voucher', 'gift', 'delivery', 'bundle'].map((kind) => `open-offer ${kind}`)
    const rest = ['open-poll ', 'open-poll true', 'open-raffle tap', 'open-raffle first-tap', 'draw-raffle ']
    expect(kinds).toEqual(
      expect.arrayContaining([...offers, 'announce-offer amount', 'show-card ', 'hide-card ', ...rest]),
    )
    expect(did.some(({ name, data }) => name === 'open-offer' && data.percentOff === 15)).toBe(true)
  })

  it('answers what viewers asked, keeps a message on top for a while, and announces', async () => {
    const { did } = await watch(SCRIPT_SECONDS)
    const count = (name: string) => did.filter((command) => command.name === name).length
    expect([count('answer-question'), count('pin-message'), count('unpin-message'), count('notice')]).toEqual([
      3, 1, 1, 2,
    ])
  })

  it('does each thing once each time round', async () => {
    const { did } = await watch(SCRIPT_SECONDS)
    const voucher = did.filter(({ data }) => data.kind === 'voucher')
    expect(voucher).toHaveLength(1)
    expect(did.filter(({ name }) => name === 'draw-raffle')).toHaveLength(2)
  })

  it('gives way for a minute to what the host plays by hand', async () => {
    const { did } = await watch(60, 64, (pilot) => pilot.giveWay('close-poll'))
    expect(did.filter(({ name }) => /poll|raffle|card/.test(name))).toEqual([])
    expect(did.some(({ name }) => name === 'announce-offer')).toBe(true)
  })

  it('asks for nothing that the desk refuses', async () => {
    for (const { command, data } of SCRIPT) {
      if (typeof data === 'function') continue
      const demo = await startTestDemo()
      expect(await demo.command(command, data)).toMatchObject({ ok: true })
    }
  })
})

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createAutopilot } from '../../examples/live-shop/server/create-autopilot.mjs'
import { COMMAND_NAMES } from '../../examples/live-shop/server/host-commands.mjs'
import { SCRIPT_SECONDS } from '../../examples/live-shop/server/play-script.mjs'
import { ACTION_TYPES } from '../../src/model/action.ts'
import { SCHEMAS } from '../../src/model/event.ts'
import { playDemo } from '../support/play-demo.mjs'

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
  const message = { type: 'chat.message', seq: 2, id: 'm1', data: { author: { name: 'Mira' } } }
  const talk = { questions: { list: () => [{ id: 'q1', text: 'Why?' }] }, events: [message] }
  const games = { raffles: { list: () => [{ id: 'r1', closedAt: 1 }] }, polls: { open: () => [] } }
  const show = { startedAt, facts, crowd: { muted: () => [] }, ...games, ...talk }
  const run = async (command: Command) => {
    did.push({ ...command, at: (time.now - startedAt) / 1000 })
    return { ok: true }
  }
  const hands = { run, act: async () => undefined }
  for (; time.now < startedAt + (from + seconds) * 1000; time.now += 250) await pilot.tick(show, hands)
  return { did }
}

/** The whole show on the desk's own parts, from its beginning until the script begins anew. */
async function played() {
  const folder = await mkdtemp(join(tmpdir(), 'castcart-played-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return playDemo({ folder, seconds: SCRIPT_SECONDS })
}

/** Commands that the script leaves alone, and why. */
const NOT_PLAYED = {
  end: 'it would end the show of whoever is looking',
  'new-show': 'as end',
  autopilot: 'it is the switch of the script itself',
}

/** Event types that no desk of this demo writes, and why. */
const NOT_WRITTEN = {
  'product.upsert': 'the store has six products and all are in the show document',
  clock: 'a part of the wire, not of the show',
}

const missing = (wanted: Iterable<string>, used: Iterable<string | undefined>, beside: object = {}) => {
  const had = new Set(used)
  return [...wanted].filter((name) => !had.has(name) && !(name in beside))
}

describe('the scripted show within five minutes', () => {
  it('uses every command of the desk, every type of event, every action of a viewer and every way into a giveaway', async () => {
    const { did, acted, events } = await played()
    const done = did.filter(({ answer }) => answer.ok)
    const heard = acted.filter(({ answer }) => answer?.ok)
    expect(did.filter(({ answer }) => !answer.ok)).toEqual([])
    expect(
      missing(
        COMMAND_NAMES,
        done.map(({ name }) => name),
        NOT_PLAYED,
      ),
    ).toEqual([])
    expect(
      missing(
        SCHEMAS.keys(),
        events.map(({ type }) => type),
        NOT_WRITTEN,
      ),
    ).toEqual([])
    expect(
      missing(
        ACTION_TYPES,
        heard.map(({ type }) => type),
      ),
    ).toEqual([])
    const drawn = new Set(events.filter(({ type }) => type === 'raffle.draw').map(({ data }) => data.id))
    const raffles = events.filter(({ type, data }) => type === 'raffle.open' && drawn.has(data.id))
    expect(raffles.map(({ data }) => data.entry).sort()).toEqual(['first-tap', 'purchase', 'question', 'tap', 'word'])
    const offers = events.filter(({ type }) => type === 'offer.open').map(({ data }) => data.kind)
    expect(new Set(offers)).toEqual(new Set(['percent', 'amount', 'voucher', 'gift', 'delivery', 'bundle']))
  })

  it('moves an end, spaces the chat out, speaks for the team, quotes, takes down, and pauses', async () => {
    const { events } = await played()
    const of = (type: string) => events.filter((event) => event.type === type).map(({ data }) => Object(data))
    const delivery = of('offer.open').filter(({ kind }) => kind === 'delivery')
    expect(delivery).toHaveLength(2)
    expect(delivery[1].closesAt - delivery[0].closesAt).toBe(20_000)
    expect(of('chat.mode').map(({ slowMode }) => slowMode)).toEqual([5, 0])
    const said = events.filter(({ type, seq }) => type === 'chat.message' && seq).map(({ data }) => Object(data))
    expect(said.some(({ author }) => author.role === 'moderator')).toBe(true)
    expect(said.some(({ replyTo }) => replyTo?.name === 'Sofia')).toBe(true)
    expect(of('chat.delete')).toHaveLength(1)
    expect(of('question.answer').some(({ answer }) => answer)).toBe(true)
    expect(of('show.state').map(({ status }) => status)).toEqual(['live', 'paused', 'live'])
    expect(of('order.proof').map(({ productId }) => productId)).toEqual(['coffee', 'mug'])
  })

  it('has guests whom the desk refuses nothing but prizes that are not theirs', async () => {
    const { acted } = await played()
    const refused = acted.filter(({ answer }) => answer && !answer.ok)
    expect(refused.filter(({ type }) => type !== 'raffle.claim')).toEqual([])
    expect(new Set(refused.map(({ answer }) => answer?.reason))).toEqual(new Set(['not-allowed']))
    expect(acted.filter(({ type, answer }) => type === 'raffle.claim' && answer?.ok).length).toBeGreaterThan(3)
    expect(acted.filter(({ answer }) => !answer)).toEqual([])
  })
})

describe('the desk of the demo', () => {
  const folder = new URL('../../examples/live-shop/desk/', import.meta.url)

  it('has a control for every command', async () => {
    const files = (await readdir(folder)).filter((name) => name.endsWith('.js'))
    const code = (await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')))).join('\n')
    expect(COMMAND_NAMES.filter((name) => !code.includes(`'${name}'`))).toEqual([])
  })

  it('has every kind of offer and every way into a giveaway to choose from', async () => {
    const page = await readFile(new URL('index.html', folder), 'utf8')
    const values = [...page.matchAll(/<option value="([\w-]+)"/g)].map(([, value]) => value)
    const all = ['tap', 'word', 'question', 'purchase', 'first-tap']
    expect(missing([...all, 'percent', 'amount', 'voucher', 'gift', 'delivery', 'bundle'], values)).toEqual([])
  })
})

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
    expect(did.filter(({ name }) => name === 'draw-raffle')).toHaveLength(5)
  })

  it('gives way for a minute to what the host plays by hand', async () => {
    const { did } = await watch(60, 64, (pilot) => pilot.giveWay('close-poll'))
    expect(did.filter(({ name }) => /poll|raffle|card/.test(name))).toEqual([])
    expect(did.some(({ name }) => name === 'announce-offer')).toBe(true)
  })

  it('leaves out the turn whose product is about to go when it begins', async () => {
    const { did } = await watch(3)
    const [first] = did.filter(({ name }) => name === 'pin' || name === 'say')
    expect(first).toMatchObject({ name: 'pin', data: { ids: ['coat'] } })
  })
})

#!/usr/bin/env node
/**
 * Writes the recorded show: `replay.json`, `replay.events.jsonl` and captions for its four minutes, the same bytes every time.
 *     node examples/live-shop/replay/make-replay.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { IN_HAND, LOOP_SECONDS, OFFERS, TURN_SECONDS, TURNS } from '../server/run-of-show.mjs'
import { HOST, toReplayDocument } from '../server/show-document.mjs'
import { createCatalogue } from '../store/catalogue.mjs'
import { playRows } from './play.mjs'
import { ANSWERS, QUESTIONS, TALK } from './talk.mjs'

const SECONDS = 240
const START = Date.parse('2026-11-20T18:00:00Z')
const EPOCH = '2026-11-20T18-00-00-recorded'

/** Host events and viewers' events as `[second, type, data, id?]`. */
function script() {
  const rows = [[0, 'show.state', { status: 'live' }]]
  for (let turn = 0; turn * TURN_SECONDS < SECONDS - 4; turn++) {
    const { product, lines } = TURNS[turn % TURNS.length]
    const at = turn * TURN_SECONDS + IN_HAND
    rows.push([at, 'product.pin', { ids: [product] }])
    if (turn < 12)
      rows.push([at + 4.5, 'chat.message', hostSays(lines[Math.floor(turn / TURNS.length) % lines.length])])
  }
  for (let round = 0; round < 4; round++) rows.push(...offerRows(round))
  rows.push([96, 'product.stock', { id: 'lipstick', variants: { 'lipstick-clay': 3 } }])
  rows.push([140, 'notice', { text: { en: 'Delivery is free tonight', ru: 'Сегодня доставка бесплатная' } }])
  for (const [at, id, replyTo, text] of ANSWERS) rows.push([at, 'chat.message', hostSays(text, replyTo), id])
  for (let at = 2; at < SECONDS; at += 14)
    rows.push([at, 'audience.count', { count: Math.round(118 + 96 * Math.sin(at / 90) + (at % 9)) }])
  for (const [at, id, name, text] of TALK)
    rows.push([at, 'chat.message', { author: { id: `v-${name}`, name, role: 'viewer' }, text }, id])
  for (const question of QUESTIONS) rows.push(...questionRows(question))
  for (let at = 4; at < SECONDS; at += 7)
    rows.push([at, 'reaction.batch', { total: Math.round(at * 5 + 30 * Math.sin(at / 20) + 40) }])
  rows.push(
    [36, 'chat.pin', { message: { id: 'h3', ...hostSays(ANSWERS[2][3], ANSWERS[2][2]) } }],
    [76, 'chat.pin', {}],
  )
  rows.push(...playRows({ seconds: SECONDS, when }), [206, 'card.hide', { id: 'card' }])
  rows.push([93.5, 'order.proof', { productId: 'coffee', place: 'Tartu' }])
  rows.push([153.1, 'order.proof', { productId: 'mug', place: 'Казань' }])
  rows.push([SECONDS - 1, 'show.state', { status: 'ended' }])
  return rows.sort(([one], [other]) => one - other)
}

function questionRows([at, id, name, productId, text, votes, answeredAt, answer]) {
  const post = { id, text, name, productId, moment: when(at) }
  const rows = [
    [at, 'question.post', { ...post, votes: 0 }],
    [at + 5, 'question.post', { ...post, votes }],
  ]
  if (answeredAt !== undefined)
    rows.push([answeredAt, 'question.answer', { id, question: text, productId, ...(answer ? { answer } : {}) }])
  return rows
}

function offerRows(round) {
  const { turn, seconds, ...offer } = OFFERS[round % OFFERS.length]
  const opens = round * LOOP_SECONDS + turn * TURN_SECONDS + IN_HAND + 1.5
  const closes = Math.min(opens + seconds, SECONDS - 3)
  if (opens > SECONDS - 20) return []
  const id = `o${round + 1}`
  const terms = {
    id,
    kind: 'percent',
    ...offer,
    opensAt: when(opens),
    closesAt: when(closes),
    grace: 15,
    remaining: offer.quantity,
    how: 'note',
  }
  return [
    [opens, 'offer.open', terms],
    [closes, 'offer.close', { id, reason: 'time' }],
  ]
}

const when = (seconds) => START + Math.round(seconds * 1000)

function hostSays(text, replyTo) {
  const asked = TALK.find(([, id]) => id === replyTo)
  const quote = asked ? { replyTo: { id: asked[1], name: asked[2], text: asked[3] } } : {}
  return { author: { id: 'host', name: HOST.name.en, role: 'host' }, text, ...quote }
}

const isViewers = (type, data) =>
  type === 'audience.count' || type === 'reaction.batch' || data.author?.role === 'viewer'

function toEvents(rows) {
  let seq = 0
  return rows.map(([at, type, data, id], index) => {
    if (isViewers(type, data)) return { v: 1, id: id ?? `n${index}`, at: when(at), type, data }
    seq += 1
    return { v: 1, epoch: EPOCH, seq, id: id ?? `e${seq}`, at: when(at), type, data }
  })
}

/** The captions of the loop, again and again until the end. */
function captions(language) {
  const loop = readFileSync(new URL(`../media/captions.${language}.vtt`, import.meta.url), 'utf8')
  const cues = [...loop.matchAll(/^([\d:.]+) --> ([\d:.]+)[^\n]*\n([\s\S]*?)(?:\n\n|\n*$)/gm)]
  const rounds = Array.from({ length: Math.ceil(SECONDS / LOOP_SECONDS) }, (_, round) => round * LOOP_SECONDS)
  const shifted = rounds.flatMap((by) =>
    cues.map(([, from, to, text]) => [seconds(from) + by, seconds(to) + by, text.trim()]),
  )
  const kept = shifted.filter(([from]) => from < SECONDS)
  return `WEBVTT\n\n${kept.map(([from, to, text]) => `${stamp(from)} --> ${stamp(Math.min(to, SECONDS))}\n${text}\n`).join('\n')}`
}

const seconds = (text) => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)

function stamp(value) {
  const ms = Math.round(value * 1000)
  return new Date(ms).toISOString().slice(11, 23)
}

const document = toReplayDocument({
  epoch: 'recorded',
  startedAt: START,
  endedAt: when(SECONDS),
  catalogue: createCatalogue(),
  src: '/media/replay.m3u8',
  log: 'replay.events.jsonl',
  questionsTo: 'mailto:questions@aster-oak.example',
})
document.video.captions = [
  { src: 'replay.en.vtt', lang: 'en', label: 'English' },
  { src: 'replay.ru.vtt', lang: 'ru', label: 'Русский' },
]

const write = (name, text) => writeFileSync(new URL(name, import.meta.url), text)
const events = toEvents(script())
write('replay.json', `${JSON.stringify(document, null, 2)}\n`)
write('replay.events.jsonl', `${events.map((event) => JSON.stringify(event)).join('\n')}\n`)
for (const language of ['en', 'ru']) write(`replay.${language}.vtt`, captions(language))
console.log(`${events.length} events, ${events.filter(({ seq }) => seq).length} of them the host's`)

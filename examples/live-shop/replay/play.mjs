import { createHash } from 'node:crypto'
import { drawWinners, seedHashOf } from '../server/draw-winners.mjs'
import { SCRIPT } from '../server/play-script.mjs'
import { HOST } from '../server/show-document.mjs'

/** The giveaways that were recorded, by the way to enter: those of which a viewer of a replay sees more than words. */
const RECORDED = ['first-tap', 'tap']
/** How many took part in each giveaway. */
const ENTRIES = 23
/** Seconds for which late votes and entries were counted. */
const GRACE = 15
/** What makes each kind of offer real. */
const HOW = { voucher: 'voucher', gift: 'voucher' }
const ORGANISER = { en: 'Aster & Oak, a demo shop', ru: '«Астер и Дуб», демонстрационный магазин' }

/**
 * What the scripted host does beside pinning and talking, as it was recorded: polls, giveaways with a draw that can be checked, offers of
 * every kind, a card. `[second, type, data]`, in no order.
 * @param {{ seconds: number, when: (second: number) => number }} show how long it is, and the date of a second
 */
export function playRows(show) {
  const rows = SCRIPT.flatMap(({ at, command, data }, index) => {
    const write = WRITE[command]
    return write && typeof data === 'object' ? write({ ...show, at, data, id: `s${index + 1}` }) : []
  })
  return [...rows, ...EXTRAS].filter(([at]) => at < show.seconds - 1)
}

/** What no command of the script does: a word of the team, and a message that was taken down. */
const EXTRAS = [
  [
    ...[64, 'chat.message'],
    {
      author: { id: 'team', name: 'Aster & Oak', role: 'moderator' },
      text: `${HOST.name.en} answers at the pause. Sizes: https://example.com/sizes`,
    },
  ],
  [
    82,
    'chat.message',
    { author: { id: 'v-spam', name: 'Gold4U', role: 'viewer' }, text: 'cheap gold, message me' },
    'c-spam',
  ],
  [83.5, 'chat.delete', { ids: ['c-spam'] }],
]

const WRITE = {
  'open-poll': ({ at, data, id, when }) => {
    const { question, options, seconds, quiz, correct, change } = data
    const answers = options.map((label, index) => ({ id: `a${index + 1}`, label }))
    const poll = { id, question, options: answers, closesAt: when(at + seconds) }
    const votes = (share) =>
      Object.fromEntries(answers.map((answer, index) => [answer.id, Math.round(share * [31, 58, 19][index % 3])]))
    return [
      [at, 'poll.open', { ...poll, ...(quiz ? { quiz } : {}), ...(change ? { change } : {}) }],
      ...[0.2, 0.45, 0.7, 0.9].map((share) => [at + share * seconds, 'poll.update', { id, votes: votes(share) }]),
      [at + seconds + GRACE, 'poll.close', { id, votes: votes(1), ...(quiz ? { correct: `a${correct + 1}` } : {}) }],
    ]
  },

  'open-raffle': ({ at, data, id, when }) => {
    const { title, prize, prizes, seconds, entry } = data
    if (!RECORDED.includes(entry)) return []
    const seed = createHash('sha256').update(`recorded ${id}`).digest('hex')
    const entries = Array.from({ length: ENTRIES }, (_, index) =>
      createHash('sha256').update(`${id} ${index}`).digest('hex').slice(0, 10),
    ).sort()
    const fair = entry === 'first-tap' ? { times: entries.map((_, index) => 640 + ((index * 977) % 8300)) } : {}
    const winners = drawWinners({ seed, entries, prizes, ...fair })
    const raffle = {
      id,
      title,
      prize: { title: prize },
      organiser: ORGANISER,
      rulesUrl: '/giveaway-rules',
      prizes,
      entry,
    }
    return [
      [at, 'raffle.open', { ...raffle, closesAt: when(at + seconds), seedHash: seedHashOf(seed) }],
      ...[0.3, 0.6, 1].map((share) => [
        at + share * (seconds - 1),
        'raffle.update',
        { id, entries: Math.round(share * entries.length) },
      ]),
      [at + seconds, 'raffle.close', { id }],
      [at + seconds + GRACE + 3, 'raffle.draw', { id, seed, entries, ...fair, winners, claimBy: when(48 * 3600) }],
    ]
  },

  'open-offer': (row) => offerRows({ ...row, opens: row.at }),
  'announce-offer': (row) => offerRows({ ...row, opens: row.at + row.data.opensIn, isAnnounced: true }),
  'show-card': ({ at, data }) => [[at, 'card.show', { id: 'card', ...data }]],
  notice: ({ at, data }) => [[at, 'notice', data]],
}

function offerRows({ at, data, id, when, seconds: end, opens, isAnnounced }) {
  const { opensIn: _, seconds, amountOff, gift, quantity, kind, ...rest } = data
  const closes = Math.min(opens + seconds, end - 3)
  const terms = {
    ...{ id, kind, ...rest, opensAt: when(opens), closesAt: when(closes), grace: GRACE, how: HOW[kind] ?? 'note' },
    ...(amountOff ? { amountOff: { amount: amountOff, currency: 'EUR' } } : {}),
    ...(gift ? { gift: { title: gift } } : {}),
    ...(quantity ? { quantity, remaining: quantity } : {}),
  }
  return [
    ...(isAnnounced ? [[at, 'offer.announce', terms]] : []),
    [opens, 'offer.open', terms],
    ...(quantity
      ? [0.4, 0.8].map((share) => [
          opens + share * (closes - opens),
          'offer.update',
          { id, remaining: Math.round(quantity * (1 - share * 1.2)) },
        ])
      : []),
    [closes, 'offer.close', { id, reason: 'time' }],
  ]
}
